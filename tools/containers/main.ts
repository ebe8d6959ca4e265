// npm run test:containers: every *.container-test.ts of the repository, against real containers.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readProjects } from '../floors/source-tree.ts';
import { RESULTS_FILE, readTotals } from '../test/totals.ts';
import { whyNoDocker } from './docker.ts';

const PROJECT_TIMEOUT_MS = 10 * 60_000;
const root = join(import.meta.dirname, '../..');

async function main(): Promise<void> {
  const missing = await whyNoDocker();
  if (missing) return finish([missing], 'tests: 0 passed, 1 failed');

  const results = mkdtempSync(join(tmpdir(), 'container-tests-'));
  const projects = readProjects(root).filter(({ folder }) => hasContainerTests(join(root, folder)));
  const failed = projects.filter(({ folder }) => !run(folder, join(results, folder, RESULTS_FILE)));
  const {
    passed,
    failed: failures,
    faults,
  } = readTotals(
    results,
    projects,
    failed.map(({ name }) => `${name}:test`),
  );
  rmSync(results, { recursive: true });
  finish(faults, `tests: ${passed} passed, ${failures} failed`);
}

function hasContainerTests(folder: string): boolean {
  return globSync('**/*.container-test.ts', { cwd: folder, exclude: ['**/node_modules'] }).length > 0;
}

/** As npm test runs a project, with the other kind of tests and one file at a time: they share one Docker engine. */
function run(folder: string, resultsFile: string): boolean {
  mkdirSync(dirname(resultsFile), { recursive: true });
  const pattern = '<rootDir>/**/*.container-test.ts';
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'tools/jest.mjs'),
      '--testMatch',
      pattern,
      '--runInBand',
      '--testTimeout=180000',
      '--passWithNoTests',
      ...process.argv.slice(2),
    ],
    {
      cwd: join(root, folder),
      env: { ...process.env, TEST_RESULTS_FILE: resultsFile },
      stdio: ['ignore', 'inherit', 'inherit'],
      // What a broken test leaves open must not hold up the others.
      timeout: PROJECT_TIMEOUT_MS,
    },
  );
  return status === 0;
}

function finish(faults: readonly string[], totals: string): void {
  console.log([...faults, totals].join('\n'));
  process.exitCode = faults.length > 0 ? 1 : 0;
}

await main();
