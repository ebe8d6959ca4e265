import { basename } from 'node:path';
import { emptyNames, size } from './rules.ts';
import { isTest, type Project, readLineCount } from './source-tree.ts';

/** Source files that are too long or whose name says nothing. */
export function sizeFaults(root: string, projects: readonly Project[]): string[] {
  const files = projects.flatMap((project) => project.files);
  const lines = files.filter((file) => !isTest(file)).map((file) => ({ file, count: readLineCount(root, file) }));
  const median = lines.map(({ count }) => count).sort((a, b) => a - b)[Math.floor((lines.length - 1) / 2)] ?? 0;
  return [
    ...(median > size.median ? [`the median source file has ${median} lines, more than ${size.median}`] : []),
    ...lines
      .filter(({ count }) => count > size.largest)
      .map(({ file, count }) => `${file} has ${count} lines, more than ${size.largest}`),
    ...files
      .filter((file) => emptyNames.includes(basename(file).split('.')[0] ?? ''))
      .map((file) => `${file} needs a name that says what is inside`),
  ];
}
