import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../floors/source-tree.ts';

/** What Jest reports of a project's run, beside its package.json. */
export const RESULTS_FILE = '.test-results.json';

export type Totals = {
  passed: number;
  failed: number;
  /** One sentence for each thing that is wrong. */
  faults: string[];
};

type JestResults = { numPassedTests: number; numFailedTests: number; numRuntimeErrorTestSuites: number };

/** Adds the projects' results up. A failed check counts as one failure, and so does a project that reports none of its own. */
export function readTotals(root: string, projects: readonly Project[], failedChecks: readonly string[]): Totals {
  const results = projects.map((project) => ({ ...project, ...readResults(join(root, project.folder, RESULTS_FILE)) }));
  const failedTests = results.filter(({ failed }) => failed > 0).map(({ name }) => `${name}:test`);
  const otherChecks = failedChecks.filter((task) => !failedTests.includes(task));
  const unreported = results.filter(({ name, reported }) => !reported && !otherChecks.includes(`${name}:test`));
  const sum = (count: 'passed' | 'failed') => results.reduce((total, each) => total + each[count], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed') + otherChecks.length + unreported.length,
    faults: [
      ...results.filter(({ failed }) => failed > 0).map(({ name, failed }) => `${name}: ${failed} failed`),
      ...otherChecks.map((task) => `${task} did not pass`),
      ...unreported.map(({ name }) => `${name} reported no test results`),
    ],
  };
}

function readResults(file: string): { passed: number; failed: number; reported: boolean } {
  try {
    const results: JestResults = JSON.parse(readFileSync(file, 'utf8'));
    const { numPassedTests: passed, numFailedTests, numRuntimeErrorTestSuites } = results;
    return { passed, failed: numFailedTests + numRuntimeErrorTestSuites, reported: true };
  } catch {
    return { passed: 0, failed: 0, reported: false };
  }
}
