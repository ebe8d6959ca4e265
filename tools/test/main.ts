// npm test: lint, types, floors and every test, cached by Nx; ends with one line of totals.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { whyNoDynamoLocal } from '@shop/dynamo/local';
import { readProjects } from '../floors/source-tree.ts';
import { answerHelp } from '../usage.ts';
import { runChecks } from './checks.ts';
import { runJest } from './jest-run.ts';
import { judge } from './judge.ts';
import { RESULTS_FILE } from './results.ts';

answerHelp(`Usage: npm test

Runs lint, type checks, floors and all tests, and ends with one line of totals. What has not changed since it last passed comes from
the cache; with CI set everything runs, and a test file that failed runs once more, alone.
npx nx test @shop/order runs the tests of one project.`);

const root = join(import.meta.dirname, '../..');
/** For files that failed and run once more. */
const DEADLINE_MS = 10 * 60_000;

async function main(): Promise<void> {
  const missing = whyNoDynamoLocal();
  if (missing) return finish([missing], 'Next: install Java, then npm test again.', 'tests: 0 passed, 1 failed');

  console.log('Running lint, type checks and tests. What has not changed since it last passed comes from the cache.\n');
  const projects = readProjects(root);
  // A result that stays from an earlier run must not count for this one.
  for (const { folder } of projects) rmSync(join(root, folder, RESULTS_FILE), { force: true });
  const failedChecks = await runChecks(root, projects);

  const { passed, failed, faults, flaky } = judge(root, projects, failedChecks, runAgain);
  for (const line of flaky) console.log(line);
  const next =
    faults.length > 0
      ? 'Next: npm run format mends most of lint; npx nx test @shop/order runs one project again.'
      : 'All is well. Next: npm start runs the shop.';
  finish(faults, next, `tests: ${passed} passed, ${failed} failed`);
}

function runAgain(folder: string, files: readonly string[], resultsFile: string): boolean {
  return runJest({ folder, resultsFile, args: ['--runInBand', '--runTestsByPath', ...files], timeoutMs: DEADLINE_MS });
}

function finish(faults: readonly string[], next: string, totals: string): void {
  console.log([...faults, next, totals].join('\n'));
  process.exitCode = faults.length > 0 ? 1 : 0;
}

await main();
