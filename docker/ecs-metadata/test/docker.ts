import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs the docker client. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run('docker', args, { timeout: 60_000 });
  return stdout.trim();
}

/** A network whose containers are gone when it is removed. Each runs Node.js in the repository, which it cannot write to. */
export async function createNetwork(name: string) {
  const containers: string[] = [];
  await docker('network', 'create', name);
  return {
    async start(container: string, options: string[], command: string[]): Promise<string> {
      const id = await docker(
        ...['run', '--detach', '--name', `${name}-${container}`, '--network', name, '--network-alias', container],
        ...['--volume', `${repository}:/repository:ro`, '--workdir', '/repository/docker/ecs-metadata'],
        ...['--read-only', '--cap-drop', 'ALL', ...options],
        ...['--entrypoint', 'node', 'node:24-bookworm-slim', ...command],
      );
      containers.push(id);
      return id;
    },
    async remove(): Promise<void> {
      if (containers.length > 0) await docker('rm', '--force', ...containers);
      await docker('network', 'rm', name);
    },
  };
}
