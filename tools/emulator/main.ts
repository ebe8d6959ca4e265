// npm run test:emulator: every *.emulator-test.ts of the tools, against a moto server.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readProjects } from '../floors/source-tree.ts';
import { RESULTS_FILE, readTotals } from '../test/totals.ts';
import { startMoto } from './moto.ts';

const root = join(import.meta.dirname, '../..');
const FOLDER = 'tools';

async function main(): Promise<void> {
  const moto = await startMoto();
  if (typeof moto === 'string') return finish([moto], 'tests: 0 passed, 1 failed');
  const results = mkdtempSync(join(tmpdir(), 'emulator-tests-'));
  const succeeds = run(moto.endpoint, join(results, FOLDER, RESULTS_FILE));
  await moto.stop();
  const projects = readProjects(root).filter(({ folder }) => folder === FOLDER);
  const broken = succeeds ? [] : projects.map(({ name }) => `${name}:test`);
  const { passed, failed, faults } = readTotals(results, projects, broken);
  rmSync(results, { recursive: true });
  finish(faults, `tests: ${passed} passed, ${failed} failed`);
}

function run(endpoint: string, resultsFile: string): boolean {
  mkdirSync(dirname(resultsFile), { recursive: true });
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'tools/jest.mjs'),
      '--testMatch',
      '<rootDir>/**/*.emulator-test.ts',
      '--runInBand',
      '--testTimeout=180000',
      ...process.argv.slice(2),
    ],
    {
      cwd: join(root, FOLDER),
      env: { ...process.env, TEST_RESULTS_FILE: resultsFile, MOTO_ENDPOINT: endpoint },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  return status === 0;
}

function finish(faults: readonly string[], totals: string): void {
  console.log([...faults, totals].join('\n'));
  process.exitCode = faults.length > 0 ? 1 : 0;
}

await main();
