import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { profileNames } from './resolve/read-infra.ts';
import { rules } from './rules.ts';

const check = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { encoding: 'utf8', timeout: 60_000 });

test('npm run infra:check holds both profiles against every rule and finds nothing', () => {
  const { status, stdout, stderr } = check();
  expect([status, stderr]).toEqual([0, '']);
  for (const name of profileNames) expect(stdout).toMatch(new RegExp(`${name}\\b.*\\b${rules.length} rules`));
  expect(stdout).not.toMatch(/\b[1-9]\d* findings?\b/);
}, 90_000);

test('npm run infra:check ends with 2 for a profile that there is not', () => {
  const { status, stderr } = check('--profile', 'staging');
  expect([status, stderr]).toEqual([2, expect.stringContaining('should be workshop or production')]);
});
