import { readFileSync } from 'node:fs';

/** Where Jest reports a project's run, beside its package.json. */
export const RESULTS_FILE = '.test-results.json';

/** What Jest's option --json writes of one test file; `name` is its path. */
export type TestFile = { name: string; status: string; assertionResults: { fullName: string; status: string }[] };

/** The files of one run, or undefined when there is no report, or half of one. */
export function readResults(file: string): TestFile[] | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).testResults;
  } catch {
    return undefined;
  }
}

export const passedTests = (file: TestFile): string[] => titles(file, 'passed');

/** The titles of what failed. A file that could not run is one failure. */
export function failedTests(file: TestFile): string[] {
  const failed = titles(file, 'failed');
  return file.status === 'failed' && failed.length === 0 ? ['could not run'] : failed;
}

function titles(file: TestFile, wanted: string): string[] {
  return file.assertionResults.filter(({ status }) => status === wanted).map(({ fullName }) => fullName);
}
