import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
const CACHE = join(root, 'node_modules/.cache/infra-lint');
const COMPLETE = '.complete';

/**
 * A folder that is made once for what it is made from: another text of `madeFrom` is another folder. `make` fills a folder that is
 * moved to its place when it is complete, so what it makes must not know its path. Rejects with what `make` rejects with.
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
  mkdirSync(cache, { recursive: true });
  // Beside it, so that two processes that start at once do not fill one folder.
  const making = mkdtempSync(`${folder}.`);
  try {
    await make(making);
    writeFileSync(join(making, COMPLETE), '');
    takePlace(making, folder);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return folder;
}

/** The first that is complete stays; what is there without being complete is older than this way of making it. */
function takePlace(made: string, folder: string): void {
  if (existsSync(folder) && !existsSync(join(folder, COMPLETE))) rmSync(folder, { recursive: true });
  try {
    renameSync(made, folder);
  } catch (error) {
    if (!existsSync(join(folder, COMPLETE))) throw error;
  }
}
