import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RESULTS_FILE, type TestFile } from './results.ts';
import { type RunFiles, runFailedAgain } from './second-run.ts';
import { readTotals } from './totals.ts';

const project = { folder: 'a', name: 'a', floor: 1, dependencies: [], files: [] };

function testFile(name: string, tests: Record<string, 'passed' | 'failed'>): TestFile {
  const assertionResults = Object.entries(tests).map(([fullName, status]) => ({ fullName, status }));
  const status = assertionResults.some((each) => each.status === 'failed') ? 'failed' : 'passed';
  return { name, status, assertionResults };
}

describe('the second run of what failed', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'second-run-'));
    mkdirSync(join(root, 'a'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const report = (file: string, ...testResults: TestFile[]) => writeFileSync(file, JSON.stringify({ testResults }));
  const first = (...files: TestFile[]) => report(join(root, 'a', RESULTS_FILE), ...files);
  const second =
    (succeeds: boolean, ...files: TestFile[]): RunFiles =>
    (_folder, _paths, resultsFile) => {
      report(resultsFile, ...files);
      return succeeds;
    };

  test('runs the files that failed, and no other', () => {
    first(testFile('/good', { one: 'passed' }), testFile('/bad', { two: 'failed', three: 'passed' }));
    const wanted: unknown[] = [];
    runFailedAgain(root, [project], (folder, paths) => wanted.push([folder, paths]) > 1);
    expect(wanted).toEqual([['a', ['/bad']]]);
  });

  test('counts what passes now, and tells that it was flaky', () => {
    first(testFile('/good', { one: 'passed' }), testFile('/bad', { two: 'failed', three: 'passed' }));
    const again = second(true, testFile('/bad', { two: 'passed', three: 'passed' }));
    expect(runFailedAgain(root, [project], again)).toEqual({ flaky: ['FLAKY   a, bad: two'], mended: ['a'] });
    expect(readTotals(root, [project], [])).toMatchObject({ passed: 3, failed: 0 });
  });

  test('counts what fails again as failed, and so what fails only now', () => {
    first(testFile('/bad', { two: 'failed', three: 'passed' }));
    const again = second(false, testFile('/bad', { two: 'failed', three: 'failed' }));
    expect(runFailedAgain(root, [project], again)).toEqual({ flaky: [], mended: [] });
    expect(readTotals(root, [project], ['a:test'])).toMatchObject({ passed: 0, failed: 2 });
  });

  test('leaves the first result where the second run gives none', () => {
    first(testFile('/bad', { two: 'failed' }));
    expect(runFailedAgain(root, [project], () => false)).toEqual({ flaky: [], mended: [] });
    expect(readTotals(root, [project], ['a:test'])).toMatchObject({ passed: 0, failed: 1 });
  });

  test('does not call a project mended whose tests pass while its process fails', () => {
    first(testFile('/bad', { two: 'failed' }));
    const { mended } = runFailedAgain(root, [project], second(false, testFile('/bad', { two: 'passed' })));
    expect(readTotals(root, [project], mended.length ? [] : ['a:test'])).toMatchObject({ passed: 1, failed: 1 });
  });

  test('does not run when so much fails that it is no accident', () => {
    first(...Array.from({ length: 6 }, (_, index) => testFile(`/${index}`, { two: 'failed' })));
    expect(runFailedAgain(root, [project], second(true))).toEqual({ flaky: [], mended: [] });
    expect(readTotals(root, [project], [])).toMatchObject({ failed: 6 });
  });
});
