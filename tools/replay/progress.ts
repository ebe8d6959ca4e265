import { SingleBar } from 'cli-progress';

export type Progress = { tick(): void; done(): void };

const LINES = 10;

/** A bar on a terminal; elsewhere, such as in a log, a plain line for every tenth. */
export function startProgress(title: string, total: number, stream: NodeJS.WriteStream = process.stdout): Progress {
  if (total === 0) return { tick: () => undefined, done: () => undefined };
  return stream.isTTY ? startBar(title, total, stream) : startLines(title, total, stream);
}

function startBar(title: string, total: number, stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar({
    stream,
    format: `${title} [{bar}] {value}/{total}, {duration_formatted}`,
    hideCursor: true,
  });
  bar.start(total, 0);
  return { tick: () => bar.increment(), done: () => bar.stop() };
}

function startLines(title: string, total: number, stream: NodeJS.WriteStream): Progress {
  let ticks = 0;
  return {
    tick: () => {
      ticks += 1;
      const isTenth = Math.floor((ticks * LINES) / total) > Math.floor(((ticks - 1) * LINES) / total);
      if (isTenth) stream.write(`${title} ${ticks}/${total}\n`);
    },
    done: () => undefined,
  };
}
