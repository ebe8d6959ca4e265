import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { infraCommands as commands, manifest, root } from '../npm-commands.fixture.ts';

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

test('each of them is a target of Nx, too, and nothing else that npm test would run', () => {
  expect(manifest.nx.includedScripts).toEqual(['lint', ...commands.map(([name]) => name)]);
});

test.each(commands)('npm run %s refuses an option that it does not have', (name, file) => {
  const { status, stderr } = run(file, '--no-such-option');
  // 2 of those that would look for something: 1 is that they found it.
  const code = ['infra:check', 'infra:lint', 'infra:why'].includes(name) ? 2 : 1;
  expect([status, stderr]).toEqual([code, expect.stringContaining("Unknown option '--no-such-option'")]);
  expect(stderr).not.toContain('node:internal');
});
