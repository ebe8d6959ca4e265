import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { formatLogLine } from './log-line.ts';

export type ShopLog = {
  /** A line of a part: printed for people, and kept as it is in the file. */
  line(part: string, line: string): void;
  /** A sentence of the runner itself. */
  say(sentence: string): void;
  file: string;
};

/** Prints what the parts log, and keeps the lines of this run in `shop.log`, as JSON, for grep and jq. */
export function openShopLog(folder: string, print: (text: string) => void): ShopLog {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'shop.log');
  const lines = createWriteStream(file);
  return {
    file,
    line(part, line) {
      lines.write(`${line}\n`);
      print(formatLogLine(part, line));
    },
    say: print,
  };
}
