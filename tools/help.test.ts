import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const commands = Object.entries(scripts).flatMap(([name, script]) => {
  const file = / (tools\/\S+\.ts)$/.exec(script)?.[1];
  return file ? [[name, file] as const] : [];
});

test('there are commands', () => expect(commands.length).toBeGreaterThan(20));

test.each(commands)('npm run %s explains itself by --help and does nothing else', (name, file) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, file), '--help'], {
    encoding: 'utf8',
    // Nothing that it could work on: no engine, no account, no folder.
    env: { PATH: '/nowhere', HOME: '/nowhere', DOCKER_HOST: 'unix:///nowhere', AWS_EC2_METADATA_DISABLED: 'true' },
    input: '',
    timeout: 30_000,
  });
  const command = ['start', 'test'].includes(name) ? `npm ${name}` : name;
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Usage: npm /);
  expect(stdout).toContain(command);
});
