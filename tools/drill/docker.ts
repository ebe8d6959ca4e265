import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

export type DockerOptions = { environment?: Readonly<Record<string, string>>; signal?: AbortSignal | undefined };
export type DockerAnswer = { code: number; output: string };

/** A command of Docker's; it fails with the last lines of what the command wrote, unless its exit code is asked for. */
export async function docker(args: readonly string[], options: DockerOptions = {}): Promise<string> {
  const { code, output } = await dockerAnswer(args, options);
  if (code !== 0) throw new Error(`docker ${args.join(' ')} ended with ${code}:\n${lastLines(output)}`);
  return output;
}

/** The exit code, and standard output followed by standard error. */
export async function dockerAnswer(
  args: readonly string[],
  { environment, signal }: DockerOptions = {},
): Promise<DockerAnswer> {
  const options = { cwd: root, env: { ...process.env, ...environment }, maxBuffer: 512 * 1024 * 1024, signal };
  try {
    const { stdout, stderr } = await run('docker', args, options);
    return { code: 0, output: stdout || stderr };
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (signal?.aborted || typeof code !== 'number') throw error;
    return { code, output: `${stdout}${stderr}` };
  }
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-15).join('\n');
}
