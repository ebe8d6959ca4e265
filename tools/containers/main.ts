// npm run test:containers: every *.container-test.ts of the repository, against real containers.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RESULTS_FILE, readTotals } from '../test/totals.ts';
import { whyNoDocker } from './docker.ts';

const root = join(import.meta.dirname, '../..');

async function main(): Promise<void> {
  const missing = await whyNoDocker();
  if (missing) return finish([missing], 'tests: 0 passed, 1 failed');

  const results = mkdtempSync(join(tmpdir(), 'container-tests-'));
  const { status } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules/jest/bin/jest.js'),
      `--config=${join(root, 'jest.containers.json')}`,
      `--rootDir=${root}`,
      '--runInBand',
      '--json',
      `--outputFile=${join(results, RESULTS_FILE)}`,
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: ['inherit', 'ignore', 'inherit'] },
  );
  const project = { folder: '.', name: 'containers', floor: 4, dependencies: [], files: [] };
  const { passed, failed, faults } = readTotals(results, [project], status === 0 ? [] : ['containers:test']);
  rmSync(results, { recursive: true });
  finish(faults, `tests: ${passed} passed, ${failed} failed`);
}

function finish(faults: readonly string[], totals: string): void {
  console.log([...faults, totals].join('\n'));
  process.exitCode = faults.length > 0 ? 1 : 0;
}

await main();
