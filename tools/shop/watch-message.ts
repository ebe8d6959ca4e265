import { stripVTControlCharacters } from 'node:util';

export type WatchMessage = 'restarting' | 'ended' | 'noise';

/** What `node --watch` (24.21) says on standard output, in colour or not, about the process that it looks after. */
export function readWatchMessage(line: string): WatchMessage | undefined {
  const plain = stripVTControlCharacters(line);
  if (/^Restarting '/.test(plain)) return 'restarting';
  if (/^(Failed|Completed) running '.*'\. Waiting for file changes/.test(plain)) return 'ended';
  if (/^(Change detected in '|Waiting for graceful termination|Gracefully restarted)/.test(plain)) return 'noise';
  return undefined;
}
