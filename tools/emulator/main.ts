// npm run test:emulator: every *.emulator-test.ts of the tools, against a moto server.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProjects } from '../floors/source-tree.ts';
import { runJest } from '../test/jest-run.ts';
import { judge } from '../test/judge.ts';
import { RESULTS_FILE } from '../test/results.ts';
import { answerHelp } from '../usage.ts';
import { startMoto } from './moto.ts';

answerHelp(`Usage: npm run test:emulator [-- PATTERN]

Runs the commands of the infrastructure against an emulated AWS account: *.emulator-test.ts, or those whose path matches the pattern.
The account is moto, from the virtual environment of infra:lint, or the one at MOTO_ENDPOINT, which loses all that it holds: each test
begins and ends with an empty account.`);

/** The tests of one file have a limit each; this one is for a file that holds its process open. */
const DEADLINE_MS = 10 * 60_000;

const root = join(import.meta.dirname, '../..');
const FOLDER = 'tools';

async function main(): Promise<void> {
  const moto = await startMoto(console.log);
  const results = mkdtempSync(join(tmpdir(), 'emulator-tests-'));
  const run = (args: readonly string[], resultsFile: string) => {
    const kind = ['--testMatch', '<rootDir>/**/*.emulator-test.ts', '--runInBand', '--testTimeout=180000'];
    const env = { MOTO_ENDPOINT: moto.endpoint };
    return runJest({ folder: FOLDER, resultsFile, args: [...kind, ...args], env, timeoutMs: DEADLINE_MS });
  };
  const projects = readProjects(root).filter(({ folder }) => folder === FOLDER);
  const succeeds = run(process.argv.slice(2), join(results, FOLDER, RESULTS_FILE));
  const broken = succeeds ? [] : projects.map(({ name }) => `${name}:test`);
  const { passed, failed, faults, flaky } = judge(results, projects, broken, (_folder, files, resultsFile) =>
    run(['--runTestsByPath', ...files], resultsFile),
  );
  await moto.stop();
  rmSync(results, { recursive: true });
  for (const line of flaky) console.log(line);
  finish(faults, `tests: ${passed} passed, ${failed} failed`);
}

function finish(faults: readonly string[], totals: string): void {
  console.log([...faults, totals].join('\n'));
  process.exitCode = faults.length > 0 ? 1 : 0;
}

try {
  await main();
} catch (error) {
  finish([error instanceof Error ? error.message : String(error)], 'tests: 0 passed, 1 failed');
}
