import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export type Ended = { code: number; stdout: string; stderr: string };

const DEADLINE_MS = 5 * 60_000;

/** Runs a program to its end, whatever its exit code. Rejects when it cannot be started, or does not end in time. */
export async function runTool(command: string, args: readonly string[], cwd?: string): Promise<Ended> {
  try {
    const options = { cwd, maxBuffer: 256 * 1024 * 1024, timeout: DEADLINE_MS };
    const { stdout, stderr } = await promisify(execFile)(command, args, options);
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code === 'number') return { code, stdout, stderr };
    throw error;
  }
}

/** The last lines of what a program complained about, for a message. */
export function complaint({ stdout, stderr }: Ended): string {
  return (stderr.trim() || stdout.trim()).split('\n').slice(-8).join('\n');
}
