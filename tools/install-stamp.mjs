// Tells whether node_modules was installed from the package-lock.json that lies beside it now.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Called after an installation that came to its end. */
export function stampInstall(root) {
  writeFileSync(stampPath(root), lockHash(root));
}

/** 'missing', 'outdated' or 'current'. */
export function installState(root) {
  try {
    return readFileSync(stampPath(root), 'utf8') === lockHash(root) ? 'current' : 'outdated';
  } catch {
    return 'missing';
  }
}

function stampPath(root) {
  return join(root, 'node_modules', '.installed-from');
}

function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}
