import { basename, join } from 'node:path';
import type { Project } from '../floors/source-tree.ts';
import { failedTests, passedTests, RESULTS_FILE, readResults, type TestFile } from './results.ts';

export type Totals = {
  passed: number;
  failed: number;
  /** One sentence for each thing that is wrong. */
  faults: string[];
};

type Report = { name: string; files: readonly TestFile[] | undefined };

/** Adds the projects' results up. A failed check counts as one failure, and so does a project that reports none of its own. */
export function readTotals(root: string, projects: readonly Project[], failedChecks: readonly string[]): Totals {
  const reports: Report[] = projects.map(({ name, folder }) => ({
    name,
    files: readResults(join(root, folder, RESULTS_FILE)),
  }));
  const failed = reports.flatMap(failuresOf);
  const explained = new Set(
    reports.filter((report) => failuresOf(report).length > 0).map(({ name }) => `${name}:test`),
  );
  const otherChecks = failedChecks.filter((task) => !explained.has(task));
  const unreported = reports.filter(({ name, files }) => !files && !otherChecks.includes(`${name}:test`));
  const faults = [
    ...failed,
    ...otherChecks.map((task) => `FAILED  ${task} did not pass`),
    ...unreported.map(({ name }) => `FAILED  ${name} reported no test results`),
  ];
  return {
    passed: reports.flatMap(({ files }) => files ?? []).flatMap(passedTests).length,
    failed: faults.length,
    faults,
  };
}

function failuresOf({ name, files = [] }: Report): string[] {
  return files.flatMap((file) => failedTests(file).map((title) => `FAILED  ${name}, ${basename(file.name)}: ${title}`));
}
