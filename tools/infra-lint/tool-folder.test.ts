import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ensurePython } from './python.ts';
import { toolFolder } from './tool-folder.ts';

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'tool-folder-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

describe('a folder of tools', () => {
  const make = async (folder: string) => writeFileSync(join(folder, 'tool'), '');
  const refuse = () => Promise.reject(new Error('made again'));

  test('is made once for the same versions', async () => {
    const folder = await toolFolder('python', 'moto 1', make, cache);
    expect(await toolFolder('python', 'moto 1', refuse, cache)).toBe(folder);
    expect(existsSync(join(folder, 'tool'))).toBe(true);
  });

  test('is another one for other versions', async () => {
    const folder = await toolFolder('python', 'moto 1', make, cache);
    expect(await toolFolder('python', 'moto 2', make, cache)).not.toBe(folder);
  });

  test('that was not finished is made again, from nothing', async () => {
    const breakOff = async (folder: string) => {
      writeFileSync(join(folder, 'half'), '');
      throw new Error('no network');
    };
    await expect(toolFolder('python', 'moto 1', breakOff, cache)).rejects.toThrow('no network');
    const folder = await toolFolder('python', 'moto 1', make, cache);
    expect([existsSync(join(folder, 'half')), existsSync(join(folder, 'tool'))]).toEqual([false, true]);
  });

  test('that two make at once is whole for both, and leaves nothing beside it', async () => {
    const starts = Array.from({ length: 2 }, () => Promise.withResolvers<void>());
    const made = starts.map(({ promise }, index) =>
      toolFolder(
        'python',
        'moto 1',
        async (folder) => {
          writeFileSync(join(folder, 'first'), '');
          starts[1 - index]?.resolve();
          await promise;
          expect(existsSync(join(folder, 'first'))).toBe(true);
          writeFileSync(join(folder, 'tool'), '');
        },
        cache,
      ),
    );
    const [one, other] = await Promise.all(made);
    expect(one).toBe(other);
    expect([existsSync(join(one ?? '', 'first')), existsSync(join(one ?? '', 'tool'))]).toEqual([true, true]);
    expect(readdirSync(cache)).toHaveLength(1);
  });
});

test('without Python one is told what to install, and nothing is skipped', async () => {
  await expect(ensurePython(() => {}, join(cache, 'python3'))).rejects.toThrow(
    /need Python 3\.11 or newer with venv, and there is no .*python3 on the PATH\. On Debian and Ubuntu: apt-get install/,
  );
});
