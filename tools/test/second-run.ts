import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Project } from '../floors/source-tree.ts';
import { failedTests, RESULTS_FILE, readResults, type TestFile } from './results.ts';

/** More than that is no accident. */
const MOST_FILES = 5;

/** Runs test files of one project, given by path, with results in a file, and says whether all is well. */
export type RunFiles = (folder: string, files: readonly string[], resultsFile: string) => boolean;

export type SecondRun = {
  /** Sentences about the tests that failed only among others. */
  flaky: string[];
  /** Names of projects in which nothing fails any more. */
  mended: string[];
};

/**
 * Runs each test file that failed once more, with nothing else beside it, and puts its result in the place of the first.
 * The tests start real processes, and a shared runner that halts for seconds breaks a deadline of theirs now and then.
 * A test that is broken fails twice; one that passes now is told as flaky, to be mended.
 *
 * @param resultsRoot holds each project's results under its folder
 */
export function runFailedAgain(resultsRoot: string, projects: readonly Project[], runFiles: RunFiles): SecondRun {
  const reports = projects.map(({ name, folder }) => {
    const resultsFile = join(resultsRoot, folder, RESULTS_FILE);
    const files = readResults(resultsFile) ?? [];
    return { name, folder, resultsFile, files, failed: files.filter((file) => failedTests(file).length > 0) };
  });
  const broken = reports.filter(({ failed }) => failed.length > 0);
  const none: SecondRun = { flaky: [], mended: [] };
  if (broken.flatMap(({ failed }) => failed).length > MOST_FILES) return none;

  return broken.reduce(({ flaky, mended }, { name, folder, resultsFile, files, failed }) => {
    const paths = failed.map((file) => file.name);
    console.log(`Running again, alone: ${paths.map((path) => basename(path)).join(', ')} of ${name}`);
    const secondFile = `${resultsFile}.again`;
    const succeeds = runFiles(folder, paths, secondFile);
    const second = readResults(secondFile) ?? [];
    rmSync(secondFile, { force: true });
    writeFileSync(resultsFile, JSON.stringify({ testResults: replaced(files, second) }));
    return {
      flaky: [...flaky, ...failed.flatMap((file) => flakyTests(name, file, second))],
      mended: succeeds ? [...mended, name] : mended,
    };
  }, none);
}

function replaced(files: readonly TestFile[], second: readonly TestFile[]): TestFile[] {
  return files.map((file) => second.find(({ name }) => name === file.name) ?? file);
}

function flakyTests(project: string, first: TestFile, second: readonly TestFile[]): string[] {
  const again = second.find(({ name }) => name === first.name);
  if (!again) return [];
  const still = failedTests(again);
  return failedTests(first)
    .filter((title) => !still.includes(title))
    .map((title) => `FLAKY   ${project}, ${basename(first.name)}: ${title}`);
}
