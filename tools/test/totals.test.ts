import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RESULTS_FILE } from './results.ts';
import { readTotals } from './totals.ts';

describe('the totals of a test run', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'totals-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function project(name: string, results?: [passed: number, failed: number, broken?: number] | string) {
    mkdirSync(join(root, name));
    const [passed, failed, broken = 0] = typeof results === 'object' ? results : [0, 0];
    const file = (status: string, ...statuses: string[]) => ({
      name: `/${name}/of.test.ts`,
      status,
      assertionResults: statuses.map((each, index) => ({ fullName: `${each} ${index}`, status: each })),
    });
    const statuses = [...Array(passed).fill('passed'), ...Array(failed).fill('failed'), 'pending'];
    const testResults = [
      file(failed ? 'failed' : 'passed', ...statuses),
      ...Array.from({ length: broken }, () => file('failed')),
    ];
    const text = typeof results === 'string' ? results : JSON.stringify({ testResults });
    if (results !== undefined) writeFileSync(join(root, name, RESULTS_FILE), text);
    return { folder: name, name, floor: 1, dependencies: [], files: [] };
  }

  test('add up over the projects', () => {
    const totals = readTotals(root, [project('a', [3, 0]), project('b', [4, 0])], []);
    expect(totals).toEqual({ passed: 7, failed: 0, faults: [] });
  });

  test('count failed tests once, and a file that did not run as one failure', () => {
    const totals = readTotals(root, [project('a', [3, 1, 1])], ['a:test']);
    expect(totals).toEqual({
      passed: 3,
      failed: 2,
      faults: ['FAILED  a, of.test.ts: failed 3', 'FAILED  a, of.test.ts: could not run'],
    });
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
    expect(totals.faults).toEqual(['FAILED  a reported no test results', 'FAILED  b reported no test results']);
  });

  test('count a test task that failed behind green results, such as one that could not clean up', () => {
    expect(readTotals(root, [project('a', [3, 0])], ['a:test'])).toMatchObject({ passed: 3, failed: 1 });
  });

  test('count a test task that failed before any result once', () => {
    expect(readTotals(root, [project('a')], ['a:test'])).toMatchObject({ passed: 0, failed: 1 });
  });
});
