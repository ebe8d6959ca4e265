import { execFileSync } from 'node:child_process';

export const RUNTIME_IMAGE = process.env.RUNTIME_IMAGE ?? 'gcr.io/distroless/nodejs24-debian12:nonroot';
export const ADDED_LIMIT_BYTES = 8e6;

export type Image = { tag: string; addedBytes: number };

/** Builds the image of an app and compares its size with that of the base it stands on. */
export function buildImage(root: string, app: string, base: string): Image {
  const tag = `fargate-shop/${app}:image-check`;
  const build = ['build', '--quiet', '--file=docker/Dockerfile', `--build-arg=APP=apps/${app}`, `--tag=${tag}`];
  docker(root, [...build, `--build-arg=RUNTIME_IMAGE=${base}`, '.']);
  return { tag, addedBytes: addedBytes(tag, base) };
}

/** What an image adds to the base that it stands on, uncompressed. */
export function addedBytes(tag: string, base: string): number {
  const [size = Number.NaN, baseSize = Number.NaN] = [tag, base].map((each) =>
    Number(docker('.', ['image', 'inspect', '--format={{.Size}}', each])),
  );
  return size - baseSize;
}

function docker(folder: string, command: string[]): string {
  return execFileSync('docker', command, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
