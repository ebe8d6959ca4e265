import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Arguments } from './arguments.ts';

/** A test that asks all the same fails by it. */
const NO_TOKENS = 'false';

/** Those that ask for no token. */
const anonymous = ['addresses.test.ts', 'strangers.test.ts'];

const root = join(import.meta.dirname, '../..');

/** Runs the tests of `e2e/outside` in a process of their own, which tells what they find, and counts the outcomes. */
export async function runSuite({
  baseUrl,
  tokens,
  servicePages,
}: Arguments): Promise<{ passed: number; failed: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'shop-e2e-'));
  const results = join(folder, 'results.json');
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(root, 'node_modules/jest/bin/jest.js'),
      `--config=${join(root, 'jest.config.json')}`,
      `--rootDir=${join(root, 'e2e/outside')}`,
      '--verbose',
      '--json',
      `--outputFile=${results}`,
      ...(tokens ? [] : ['--runTestsByPath', ...anonymous.map((file) => join(root, 'e2e/outside', file))]),
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        E2E_BASE_URL: baseUrl,
        E2E_ISSUER_URL: tokens && 'issuerUrl' in tokens ? tokens.issuerUrl : '',
        E2E_TOKEN_COMMAND: !tokens ? NO_TOKENS : 'command' in tokens ? tokens.command : '',
        E2E_SERVICE_PAGES: servicePages ? 'exposed' : 'hidden',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  process.once('exit', () => child.kill());
  const [code] = await once(child, 'exit');
  try {
    return readCounts(results, code);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A file that broke as a whole is one failure, and so is a run that ended badly without a failed test. */
function readCounts(file: string, code: number | null): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
