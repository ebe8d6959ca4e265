import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const commands = Object.entries(scripts)
  .filter(([name]) => name.startsWith('infra:'))
  .map(([name, script]) => [name, / (tools\/\S+\.ts)$/.exec(script)?.[1] ?? ''] as const);

/** Without anything that leads to AWS: neither region nor credentials, nor a place to look for them. */
const nowhere = { PATH: process.env.PATH, HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' };
const run = (file: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(root, file), ...args], { encoding: 'utf8', env: nowhere, input: '' });

test('there are the commands that the infrastructure has', () => {
  const wanted = ['check', 'cost', 'deploy', 'status', 'why', 'pause', 'resume', 'destroy'].map(
    (each) => `infra:${each}`,
  );
  expect(commands.map(([name]) => name)).toEqual(expect.arrayContaining(wanted));
});

test.each(commands)('npm run %s refuses an option that it does not have', (_name, file) => {
  const { status, stderr } = run(file, '--no-such-option');
  expect([status === 0, stderr]).toEqual([false, expect.stringContaining("Unknown option '--no-such-option'")]);
});
