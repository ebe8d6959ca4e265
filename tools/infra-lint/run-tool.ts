import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export type Ended = { code: number; stdout: string; stderr: string };

const DEADLINE_MS = 5 * 60_000;
/** For what comes over a line that may be slow. */
export const INSTALL_DEADLINE_MS = 15 * 60_000;
/** As `timeout` of a shell ends. */
const TOO_LATE = 124;

/** Runs a program to its end, whatever its exit code; one that takes too long is stopped, and says so. Rejects when it cannot start. */
export async function runTool(
  command: string,
  args: readonly string[],
  { cwd, deadlineMs = DEADLINE_MS }: { cwd?: string; deadlineMs?: number } = {},
): Promise<Ended> {
  try {
    const options = { cwd, maxBuffer: 256 * 1024 * 1024, timeout: deadlineMs };
    const { stdout, stderr } = await promisify(execFile)(command, args, options);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, killed, stdout = '', stderr = '' } = error as Partial<Ended> & { killed?: boolean };
    if (typeof code === 'number') return { code, stdout, stderr };
    // A time-out has no code; one of too much output does.
    if (!killed || code) throw error;
    const late = `${command} did not end within ${deadlineMs / 1000} s, and was stopped.`;
    return { code: TOO_LATE, stdout, stderr: `${stderr}${late}\n` };
  }
}

/** The last lines of what a program complained about, for a message. */
export function complaint({ stdout, stderr }: Ended): string {
  return (stderr.trim() || stdout.trim()).split('\n').slice(-8).join('\n');
}
