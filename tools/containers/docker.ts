import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a docker command. Resolves to what it prints; rejects with what it complains about. */
export const docker = dockerUntil();

/** The same, and the signal ends the command. */
export function dockerUntil(signal?: AbortSignal) {
  return async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run('docker', args, { maxBuffer: 64 * 1024 * 1024, signal });
    return stdout.trim();
  };
}

/** One sentence when no Docker engine answers. */
export async function whyNoDocker(): Promise<string | undefined> {
  try {
    await docker('version', '--format', '{{.Server.Version}}');
    return undefined;
  } catch (error) {
    const { code, stderr } = error as { code?: string | number; stderr?: string };
    if (code === 'ENOENT') return 'These tests need Docker, and there is no docker command on the PATH.';
    return `These tests need a running Docker engine, and docker says: ${stderr?.trim().split('\n').at(-1)}`;
  }
}
