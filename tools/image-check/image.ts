import { docker } from '../containers/docker.ts';

/** Other base images than those of the Dockerfile, such as the same by digest. */
export const baseImages = ['NODE_IMAGE', 'RUNTIME_IMAGE'].flatMap((name) =>
  process.env[name] ? [`--build-arg=${name}=${process.env[name]}`] : [],
);
export const ADDED_LIMIT_BYTES = 8e6;

/** Builds the image of a project and resolves to its tag. */
export async function buildImage(root: string, project: string): Promise<string> {
  const tag = `fargate-shop/${project.split('/').at(-1)}:image-check`;
  const settings = [`--file=${root}/docker/Dockerfile`, `--build-arg=APP=${project}`, `--tag=${tag}`, ...baseImages];
  await docker('build', '--quiet', ...settings, root);
  return tag;
}

export type FileInImage = { path: string; bytes: number };

/** All that the Dockerfile adds to the base image lies in one folder. */
export async function filesAdded(image: string): Promise<FileInImage[]> {
  const list = `
    const { readdirSync, statSync } = require('node:fs');
    const files = readdirSync('/app', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map(({ parentPath, name }) => parentPath + '/' + name);
    console.log(JSON.stringify(paths.map((path) => ({ path, bytes: statSync(path).size }))));`;
  return JSON.parse(
    await docker('run', '--rm', '--network=none', '--entrypoint=/nodejs/bin/node', image, '--eval', list),
  );
}

export async function addedBytes(image: string): Promise<number> {
  return (await filesAdded(image)).reduce((sum, { bytes }) => sum + bytes, 0);
}
