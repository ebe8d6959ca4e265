import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker } from '../containers/docker.ts';
import { baseImages } from '../image-check/image.ts';

/** What belongs to the same revision as an image, but not into it: the text of the one file of a build target. */
export async function buildArtefact(root: string, project: string, target: 'sbom' | 'source-map', file: string) {
  const folder = mkdtempSync(join(tmpdir(), `${target}-`));
  const settings = [`--file=${root}/docker/Dockerfile`, `--build-arg=APP=${project}`, ...baseImages];
  try {
    await docker('build', '--quiet', ...settings, `--target=${target}`, `--output=${folder}`, root);
    return readFileSync(join(folder, file), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
