export type WatchMessage = 'restarting' | 'ended' | 'noise';

/** What `node --watch` (24.21) says on standard output about the process that it looks after. */
export function readWatchMessage(line: string): WatchMessage | undefined {
  if (/^Restarting '/.test(line)) return 'restarting';
  if (/^(Failed|Completed) running '.*'\. Waiting for file changes/.test(line)) return 'ended';
  return /^(Change detected in '|Waiting for graceful termination|Gracefully restarted)/.test(line)
    ? 'noise'
    : undefined;
}
