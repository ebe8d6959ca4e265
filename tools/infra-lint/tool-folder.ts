import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
const CACHE = join(root, 'node_modules/.cache/infra-lint');
const COMPLETE = '.complete';

/**
 * A folder that is made once for what it is made from: another text of `madeFrom` is another folder. One that is not complete,
 * because its making broke off, is made again. Rejects with what `make` rejects with.
 */
export async function toolFolder(
  name: string,
  madeFrom: string,
  make: (folder: string) => Promise<void>,
  cache = CACHE,
): Promise<string> {
  const key = createHash('sha256').update(madeFrom).digest('hex').slice(0, 12);
  const folder = join(cache, `${name}-${key}`);
  const mark = join(folder, COMPLETE);
  if (existsSync(mark)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await make(folder);
  writeFileSync(mark, '');
  return folder;
}
