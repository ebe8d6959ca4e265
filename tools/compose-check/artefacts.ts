import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What belongs to the same revision as an image, but not into it: the text of the one file of a build target. */
export function buildArtefact(root: string, app: string, target: 'sbom' | 'source-map', file: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${target}-`));
  const build = ['build', '--quiet', '--file=docker/Dockerfile', `--build-arg=APP=apps/${app}`, `--target=${target}`];
  try {
    execFileSync('docker', [...build, `--output=${folder}`, '.'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return readFileSync(join(folder, file), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
