import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The names of the services in policies, where they are not those of their clients. */
const services: { [client: string]: string } = { 'resource-groups-tagging-api': 'tag' };

/**
 * `ecr:DescribeImages` and the like: every call of the AWS SDK in the files that a program is made of, but for those that only
 * files to skip bring in.
 */
export function awsCalls(entries: readonly string[], skipped: readonly string[] = []): string[] {
  const calls = filesOf(entries, skipped).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const imports = text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g);
    return [...imports].flatMap(([, names = '', client = '']) =>
      [...names.matchAll(/\b(?:(\w+)Command|paginate(\w+))\b/g)].map(
        ([, command, pages]) => `${services[client] ?? client}:${command ?? pages}`,
      ),
    );
  });
  return [...new Set(calls)].sort();
}

/** The entries and what they import, as far as it lies in this repository's own folders. */
function filesOf(entries: readonly string[], skipped: readonly string[]): string[] {
  const found = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file) || skipped.includes(file) || !existsSync(file)) continue;
    found.add(file);
    const imported = readFileSync(file, 'utf8').matchAll(/from '(\.[^']+\.ts)'/g);
    for (const [, path = ''] of imported) waiting.push(resolve(dirname(file), path));
  }
  return [...found];
}
