import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { commands, root } from './npm-commands.fixture.ts';

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
