import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tokensOfCommand } from './src/token-source.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shop-tokens-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('tokens from a command', () => {
  test('are asked for once for each customer and each scope', async () => {
    const asked = join(folder, 'asked');
    const { token } = tokensOfCommand(`f() { echo "$*" >> ${asked}; printf '%s.' "$@"; }; f`);
    const tokens = await Promise.all([token('ann'), token('ann'), token('bob'), token('bob', { admin: true })]);
    expect(tokens).toEqual(['--customer.ann.', '--customer.ann.', '--customer.bob.', '--customer.bob.--admin.']);
    expect(readFileSync(asked, 'utf8').trim().split('\n').sort()).toEqual([
      '--customer ann',
      '--customer bob',
      '--customer bob --admin',
    ]);
  });

  test('that are none, or a command that fails, are told', async () => {
    await expect(tokensOfCommand('echo no token').token('ann')).rejects.toThrow('printed no token');
    await expect(tokensOfCommand('false').token('ann')).rejects.toThrow('Command failed: false --customer ann');
  });
});
