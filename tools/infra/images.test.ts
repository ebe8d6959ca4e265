import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import { resolveChapters } from '../infra-check/resolve/resolve-chapters.ts';
import { buildCommand, repositoriesOf } from './images.ts';

const root = join(import.meta.dirname, '../..');

test('each repository of the registry is filled from a folder with a program', () => {
  const { stacks } = resolveChapters(readTemplates(root), readProfile(root, 'workshop'));
  const repositories = repositoriesOf(root, stacks.find(({ name }) => name === 'registry')?.outputs ?? {});
  expect(repositories).toHaveLength(6);
  for (const { folder } of repositories)
    expect([folder, existsSync(join(root, folder, 'src/main.ts'))]).toEqual([folder, true]);
});

test('images are built for the processors that the task definitions ask for', () => {
  const command = buildCommand('registry/fargate-shop/order', 'apps/order', 'abc').join(' ');
  expect(command).toContain('--platform linux/arm64');
  expect(command).toContain('--build-arg APP=apps/order');
  expect(command).toContain('--tag registry/fargate-shop/order:abc --push');
});
