import { readdirSync, readFileSync } from 'node:fs';

export type FoundProcess = { pid: number; command: string };

/** The running processes that inherited an environment variable, such as `NAME=value`. Needs /proc, hence Linux. */
export function findProcesses(variable: string): FoundProcess[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      const environment = read(`/proc/${pid}/environ`);
      if (!environment.split('\0').includes(variable)) return [];
      return [{ pid: Number(pid), command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ') }];
    });
}

/** A process may end while it is looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
