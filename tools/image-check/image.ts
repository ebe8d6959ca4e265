import { execFileSync } from 'node:child_process';

export type Image = { tag: string; addedBytes: number };

/** Builds the image of an app and compares its size with that of the base it stands on. */
export function buildImage(root: string, app: string, base: string): Image {
  const tag = `fargate-shop/${app}:image-check`;
  const build = ['build', '--quiet', '--file=docker/Dockerfile', `--build-arg=APP=apps/${app}`, `--tag=${tag}`];
  docker(root, [...build, `--build-arg=RUNTIME_IMAGE=${base}`, '.']);
  return { tag, addedBytes: sizeOf(root, tag) - sizeOf(root, base) };
}

function sizeOf(root: string, tag: string): number {
  return Number(docker(root, ['image', 'inspect', '--format={{.Size}}', tag]));
}

function docker(root: string, command: string[]): string {
  return execFileSync('docker', command, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
