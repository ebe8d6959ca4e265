import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RESULTS_FILE, readTotals } from './totals.ts';

describe('the totals of a test run', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'totals-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function project(name: string, results?: [passed: number, failed: number, broken?: number] | string) {
    mkdirSync(join(root, name));
    const [numPassedTests, numFailedTests, numRuntimeErrorTestSuites = 0] = results ?? [];
    const text =
      typeof results === 'string'
        ? results
        : JSON.stringify({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites });
    if (results !== undefined) writeFileSync(join(root, name, RESULTS_FILE), text);
    return { folder: name, name, floor: 1, dependencies: [], files: [] };
  }

  test('add up over the projects', () => {
    const totals = readTotals(root, [project('a', [3, 0]), project('b', [4, 0])], []);
    expect(totals).toEqual({ passed: 7, failed: 0, faults: [] });
  });

  test('count failed tests once, and a file that did not run as one failure', () => {
    const totals = readTotals(root, [project('a', [3, 1, 1])], ['a:test']);
    expect(totals).toEqual({ passed: 3, failed: 2, faults: ['a: 2 failed'] });
  });

  test('count a failed lint or type check as a failure', () => {
    const totals = readTotals(root, [project('a', [3, 0])], ['fargate-shop:lint', 'a:typecheck']);
    expect(totals).toMatchObject({
      passed: 3,
      failed: 2,
      faults: [expect.stringContaining('lint'), expect.anything()],
    });
  });

  test('count a project without results, or with half of them, as failed', () => {
    const totals = readTotals(root, [project('a'), project('b', '{"numPassed')], []);
    expect(totals).toMatchObject({ passed: 0, failed: 2 });
    expect(totals.faults).toEqual(['a reported no test results', 'b reported no test results']);
  });

  test('count a test task that failed behind green results, such as one that could not clean up', () => {
    expect(readTotals(root, [project('a', [3, 0])], ['a:test'])).toMatchObject({ passed: 3, failed: 1 });
  });

  test('count a test task that failed before any result once', () => {
    expect(readTotals(root, [project('a')], ['a:test'])).toMatchObject({ passed: 0, failed: 1 });
  });
});
