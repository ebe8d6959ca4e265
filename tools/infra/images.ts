import { execFileSync, type StdioOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeImagesCommand, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { type JsonObject, textAt } from '../infra-check/resolve/json.ts';
import type { Target } from './target.ts';

/** For one image, on a slow machine and a slow line. */
const DOCKER_TIMEOUT_MS = 30 * 60_000;

/** A repository, and the folder whose program its images hold. */
export type Repository = { name: string; uri: string; folder: string };

/** From the registry's outputs: `SandboxGatewayRepositoryUri` takes what is built from apps/sandbox-gateway. */
export function repositoriesOf(root: string, outputs: JsonObject): Repository[] {
  return Object.keys(outputs)
    .filter((output) => output.endsWith('RepositoryUri'))
    .map((output) => {
      const app = output
        .replace(/RepositoryUri$/, '')
        .replace(/(?<!^)[A-Z]/g, '-$&')
        .toLowerCase();
      const uri = textAt(outputs, output) ?? '';
      const folder = existsSync(join(root, 'apps', app)) ? `apps/${app}` : `docker/${app}`;
      return { name: uri.slice(uri.indexOf('/') + 1), uri, folder };
    });
}

/** Those that do not hold the tag yet. Tags are immutable, so what is there need not be pushed again. */
export async function withoutImage({ ecr }: Target, repositories: readonly Repository[], tag: string) {
  const found = await Promise.all(
    repositories.map(({ name }) =>
      ecr.send(new DescribeImagesCommand({ repositoryName: name, imageIds: [{ imageTag: tag }] })).then(
        () => true,
        (error: Error) => {
          if (error.name === 'ImageNotFoundException') return false;
          throw error;
        },
      ),
    ),
  );
  return repositories.filter((_repository, index) => !found[index]);
}

/** Builds for Fargate's ARM processors and pushes, by the Docker engine of this machine. */
export async function pushImages(
  root: string,
  { ecr }: Pick<Target, 'ecr'>,
  repositories: readonly Repository[],
  tag: string,
  timeoutMs = DOCKER_TIMEOUT_MS,
) {
  const { authorizationData: [access] = [] } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const password = Buffer.from(access?.authorizationToken ?? '', 'base64')
    .toString()
    .replace(/^AWS:/, '');
  const registry = (access?.proxyEndpoint ?? '').replace(/^https?:\/\//, '');
  // By standard input: the arguments of a process are for everybody on the machine to see.
  const docker = (args: string[], input = '') => runDocker(root, args, { input, timeoutMs });
  docker(['login', '--username', 'AWS', '--password-stdin', registry], password);
  for (const { uri, folder } of repositories) docker(buildCommand(uri, folder, tag));
}

export function buildCommand(uri: string, folder: string, tag: string): string[] {
  return [
    ...['buildx', 'build', '--platform', 'linux/arm64', '--file', 'docker/Dockerfile'],
    ...['--build-arg', `APP=${folder}`, '--build-arg', `VERSION=${tag}`, '--build-arg', `REVISION=${tag}`],
    ...['--tag', `${uri}:${tag}`, '--push', '.'],
  ];
}

function runDocker(root: string, args: string[], { input, timeoutMs }: { input: string; timeoutMs: number }): void {
  try {
    const stdio: StdioOptions = ['pipe', 'inherit', 'inherit'];
    execFileSync('docker', args, { cwd: root, env: process.env, input, stdio, timeout: timeoutMs });
  } catch (error) {
    const isLate = (error as NodeJS.ErrnoException).code === 'ETIMEDOUT';
    throw isLate ? new Error(`docker ${args[0]} took longer than ${timeoutMs / 60_000} minutes.`) : error;
  }
}

/** The commit that is checked out, since a tag must say what is inside. */
export function currentCommit(root: string): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  if (git('status', '--porcelain') !== '')
    throw new Error(
      'There are changes that no commit holds, so no tag can name this build: commit, or give --image-tag.',
    );
  return git('rev-parse', 'HEAD');
}
