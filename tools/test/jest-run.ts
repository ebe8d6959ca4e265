import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export type JestRun = {
  /** Of the project, from the repository's root. */
  folder: string;
  resultsFile: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** What a broken test leaves open must not hold up the others. */
  timeoutMs: number;
};

/** Runs a project's tests in a process of their own, and says whether all is well. */
export function runJest({ folder, resultsFile, args, env = {}, timeoutMs }: JestRun): boolean {
  mkdirSync(dirname(resultsFile), { recursive: true });
  const { status } = spawnSync(process.execPath, [join(root, 'tools/jest.mjs'), ...args], {
    cwd: join(root, folder),
    env: { ...process.env, ...env, TEST_RESULTS_FILE: resultsFile },
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: timeoutMs,
  });
  return status === 0;
}
