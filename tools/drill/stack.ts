import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { docker, dockerAnswer } from './docker.ts';
import { until } from './until.ts';

export const services = ['catalog', 'order', 'payment'] as const;
export type Service = (typeof services)[number];

/** A container of a service; `name` is what Compose counts, such as `catalog-3`. */
export type Replica = { service: string; id: string; name: string; ip: string };
export type Stack = Awaited<ReturnType<typeof createStack>>;

export type StackOptions = { project: string; build: boolean; signal: AbortSignal };

const STARTED_WITHIN_MS = 120_000;
const QUICK_STOP_SECONDS = 1;

/** The shop of docker-compose.yml as a project of its own, on free ports. */
export async function createStack({ project, build, signal }: StackOptions) {
  const ports = {
    SHOP_PORT: process.env.SHOP_PORT ?? String(await freePort()),
    ISSUER_PORT: process.env.ISSUER_PORT ?? String(await freePort()),
  };
  const compose = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    docker(['compose', '--project-name', project, ...args], { environment: { ...ports, ...environment }, signal });
  const scale = (replicas: number) => services.flatMap((service) => ['--scale', `${service}=${replicas}`]);

  async function replicasOf(service: string): Promise<Replica[]> {
    const ids = await docker(
      ['ps', '--quiet', '--no-trunc', ...labelled('project', project), ...labelled('service', service)],
      { signal },
    );
    const found = await Promise.all(
      ids
        .split('\n')
        .filter(Boolean)
        .map((id) => describe(id, service)),
    );
    return found.toSorted((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
  }

  async function describe(id: string, service: string): Promise<Replica> {
    const name = (await inspect(id, '{{.Name}}')).replace(`/${project}-`, '');
    return { service, id, name, ip: await inspect(id, '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}') };
  }

  async function inspect(id: string, format: string): Promise<string> {
    return (await docker(['inspect', '--format', format, id], { signal })).trim();
  }

  return {
    shopUrl: `http://localhost:${ports.SHOP_PORT}`,
    issuerUrl: `http://localhost:${ports.ISSUER_PORT}`,
    replicasOf,

    async up(replicas: number, environment: Readonly<Record<string, string>> = {}): Promise<void> {
      // A job of another profile, which `up` does not build.
      if (build) await compose(['build', 'reconcile']);
      await compose(['up', '--detach', '--wait', build ? '--build' : '--no-build', ...scale(replicas)], environment);
    },
    /** The services' tasks anew where their environment is another now; nothing else is touched. */
    async renew(replicas: number, environment: Readonly<Record<string, string>>): Promise<void> {
      await compose(
        ['up', '--detach', '--wait', '--no-deps', '--no-build', ...scale(replicas), ...services],
        environment,
      );
    },
    /** One task more; resolves when Docker finds it healthy. */
    async start(service: string, environment: Readonly<Record<string, string>> = {}): Promise<Replica> {
      const before = await replicasOf(service);
      const wanted = `${service}=${before.length + 1}`;
      await compose(
        ['up', '--detach', '--no-deps', '--no-build', '--no-recreate', '--scale', wanted, service],
        environment,
      );
      const added = (await replicasOf(service)).find(({ id }) => before.every((known) => known.id !== id));
      if (!added) throw new Error(`Compose started no further container of ${service}.`);
      const healthy = async () => (await inspect(added.id, '{{.State.Health.Status}}')) === 'healthy';
      await until(`${added.name} is healthy`, healthy, { within: STARTED_WITHIN_MS, every: 500, signal });
      return added;
    },
    /** SIGTERM, and SIGKILL after the stop time-out. Resolves to the exit code. */
    async stop({ id }: Replica, stopTimeoutSeconds: number): Promise<number> {
      await docker(['stop', '--time', String(stopTimeoutSeconds), id], { signal });
      return Number(await inspect(id, '{{.State.ExitCode}}'));
    },
    kill: ({ id }: Replica) => docker(['kill', '--signal', 'KILL', id], { signal }),
    logOf: async ({ id }: Replica) => (await dockerAnswer(['logs', id], { signal })).output,
    remove: ({ id }: Replica) => docker(['rm', '--force', id], { signal }),
    /** On a whole CPU: it reads all tables, and nobody measures it here. */
    reconcile: () =>
      dockerAnswer(['compose', '--project-name', project, 'run', '--rm', '--no-deps', 'reconcile'], {
        environment: { ...ports, TASK_CPUS: '1' },
        signal,
      }),
    /** Without the signal: it is what remains to be done after an interruption. */
    down: () =>
      docker(
        [
          'compose',
          '--project-name',
          project,
          'down',
          '--volumes',
          '--remove-orphans',
          '--timeout',
          String(QUICK_STOP_SECONDS),
        ],
        { environment: ports },
      ),
  };
}

function labelled(name: string, value: string): string[] {
  return ['--filter', `label=com.docker.compose.${name}=${value}`];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
