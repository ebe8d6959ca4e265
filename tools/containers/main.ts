// npm run test:containers: every *.container-test.ts of the repository, against real containers.
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProjects } from '../floors/source-tree.ts';
import { runJest } from '../test/jest-run.ts';
import { judge } from '../test/judge.ts';
import { RESULTS_FILE } from '../test/results.ts';
import { answerHelp } from '../usage.ts';
import { whyNoDocker } from './docker.ts';

answerHelp(`Usage: npm run test:containers [-- PATTERN]

Runs the tests that need Docker, *.container-test.ts, or those whose path matches the pattern.`);

const PROJECT_TIMEOUT_MS = 10 * 60_000;
const root = join(import.meta.dirname, '../..');

async function main(): Promise<void> {
  const missing = await whyNoDocker();
  if (missing) return finish([missing], 'tests: 0 passed, 1 failed');

  const results = mkdtempSync(join(tmpdir(), 'container-tests-'));
  const projects = readProjects(root).filter(({ folder }) => hasContainerTests(join(root, folder)));
  const broken = projects.filter(
    ({ folder }) => !run(folder, process.argv.slice(2), join(results, folder, RESULTS_FILE)),
  );
  const { passed, failed, faults, flaky } = judge(
    results,
    projects,
    broken.map(({ name }) => `${name}:test`),
    (folder, files, resultsFile) => run(folder, ['--runTestsByPath', ...files], resultsFile),
  );
  rmSync(results, { recursive: true });
  for (const line of flaky) console.log(line);
  finish(faults, `tests: ${passed} passed, ${failed} failed`);
}

function hasContainerTests(folder: string): boolean {
  return globSync('**/*.container-test.ts', { cwd: folder, exclude: ['**/node_modules'] }).length > 0;
}

/** As npm test runs a project, with the other kind of tests and one file at a time: they share one Docker engine. */
function run(folder: string, args: readonly string[], resultsFile: string): boolean {
  const kind = ['--testMatch', '<rootDir>/**/*.container-test.ts', '--runInBand', '--testTimeout=180000'];
  return runJest({
    folder,
    resultsFile,
    args: [...kind, '--passWithNoTests', ...args],
    timeoutMs: PROJECT_TIMEOUT_MS,
  });
}

function finish(faults: readonly string[], totals: string): void {
  console.log([...faults, totals].join('\n'));
  process.exitCode = faults.length > 0 ? 1 : 0;
}

await main();
