import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const cost = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { encoding: 'utf8', timeout: 60_000 });

test.each(['README.md', 'infra/README.md'])('%s has the table that npm run infra:cost prints', (file) => {
  const { status, stdout, stderr } = cost();
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^\| USD per hour \| workshop \| production \|$/m);
  const document = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  for (const part of stdout.trim().split('\n\n')) expect(document).toContain(part);
});

test('npm run infra:cost ends with 1 for a profile that there is not', () => {
  expect(cost('--profile', 'staging').status).toBe(1);
});
