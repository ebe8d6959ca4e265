import type { Project } from '../floors/source-tree.ts';
import { type RunFiles, runFailedAgain } from './second-run.ts';
import { readTotals, type Totals } from './totals.ts';

/**
 * The totals of a run, and the lines to print above them. With CI set, test files that failed run a second time first;
 * by hand nobody wants to wait for that: there one looks at the failure.
 *
 * @param resultsRoot holds each project's results under its folder
 */
export function judge(
  resultsRoot: string,
  projects: readonly Project[],
  failedChecks: readonly string[],
  runFiles: RunFiles,
): Totals & { flaky: string[] } {
  if (!process.env.CI) return { ...readTotals(resultsRoot, projects, failedChecks), flaky: [] };
  const { flaky, mended } = runFailedAgain(resultsRoot, projects, runFiles);
  const stillFailed = failedChecks.filter((task) => !mended.some((name) => task === `${name}:test`));
  return { ...readTotals(resultsRoot, projects, stillFailed), flaky };
}
