import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { generatedFiles } from './generated-files.ts';
import { staleFiles } from './stale-files.ts';

const root = join(import.meta.dirname, '../..');
const names = (files: readonly { path: string }[]) => files.map(({ path }) => path);

describe('the generated files', () => {
  let folder: string | undefined;
  afterEach(() => {
    if (folder) rmSync(folder, { recursive: true });
    folder = undefined;
  });

  test('are what their sources say; npm run generate writes them', () => {
    expect(names(staleFiles(root, generatedFiles(root)))).toEqual([]);
  });

  test('are stale when a source has changed, or when they are missing', () => {
    folder = mkdtempSync(join(tmpdir(), 'generated-'));
    mkdirSync(join(folder, 'docker'));
    writeFileSync(join(folder, 'docker/same'), 'as generated');
    writeFileSync(join(folder, 'docker/other'), 'edited by hand');
    const files = ['same', 'other', 'missing'].map((name) => ({ path: `docker/${name}`, text: 'as generated' }));
    expect(names(staleFiles(folder, files))).toEqual(['docker/other', 'docker/missing']);
  });
});
