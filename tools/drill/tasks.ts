import { until } from '@shop/testing/until';
import type { Stack } from '../compose/stack.ts';
import { dockerUntil } from '../containers/docker.ts';

export const services = ['catalog', 'order', 'payment'] as const;
export type Service = (typeof services)[number];

/** The container of a task; `name` is what Compose counts, such as `catalog-3`. */
export type Replica = { service: string; id: string; name: string; ip: string };
export type Tasks = ReturnType<typeof createTasks>;
export type Settings = Readonly<Record<string, string>>;

const STARTED_WITHIN_MS = 120_000;
const HEALTH_PAUSE_MS = 500;

/** Starts and ends tasks one by one, which Compose itself would only do with all of a service. */
export function createTasks(stack: Stack, signal: AbortSignal) {
  const docker = dockerUntil(signal);
  const scale = (replicas: number) => services.flatMap((service) => ['--scale', `${service}=${replicas}`]);

  async function replicasOf(service: string): Promise<Replica[]> {
    const labels = { project: stack.project, service };
    const filters = Object.entries(labels).map(([name, value]) => `--filter=label=com.docker.compose.${name}=${value}`);
    const ids = (await docker('ps', '--quiet', '--no-trunc', ...filters)).split('\n').filter(Boolean);
    const found = await Promise.all(ids.map((id) => describe(id, service)));
    return found.toSorted((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
  }

  async function describe(id: string, service: string): Promise<Replica> {
    const name = (await inspect(id, '{{.Name}}')).replace(`/${stack.project}-`, '');
    return { service, id, name, ip: await inspect(id, '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}') };
  }

  function inspect(id: string, format: string): Promise<string> {
    return docker('inspect', '--format', format, id);
  }

  return {
    replicasOf,
    async startAll(replicas: number, settings: Settings, { build }: { build: boolean }): Promise<void> {
      // A job of another profile, which `up` does not build.
      if (build) await stack.compose('build', 'reconcile');
      const builds = build ? '--build' : '--no-build';
      await stack.composeWith(settings, 'up', '--detach', '--wait', builds, ...scale(replicas));
    },
    /** The services' tasks anew where their settings are others now; nothing else is touched. */
    async renewAll(replicas: number, settings: Settings): Promise<void> {
      const options = ['--detach', '--wait', '--no-deps', '--no-build', ...scale(replicas)];
      await stack.composeWith(settings, 'up', ...options, ...services);
    },
    /** One task more; resolves when Docker finds it healthy. */
    async start(service: string, settings: Settings): Promise<Replica> {
      const before = await replicasOf(service);
      const wanted = `${service}=${before.length + 1}`;
      const options = ['--detach', '--no-deps', '--no-build', '--no-recreate', '--scale', wanted];
      await stack.composeWith(settings, 'up', ...options, service);
      const added = (await replicasOf(service)).find(({ id }) => before.every((known) => known.id !== id));
      if (!added) throw new Error(`Compose started no further task of ${service}.`);
      const isHealthy = async () => (await inspect(added.id, '{{.State.Health.Status}}')) === 'healthy';
      const pace = { timeoutMs: STARTED_WITHIN_MS, everyMs: HEALTH_PAUSE_MS, signal };
      await until(`${added.name} is healthy in Docker`, isHealthy, pace);
      return added;
    },
    /** SIGTERM, and SIGKILL after the stop time-out. Resolves to the exit code. */
    async stop({ id }: Replica, stopTimeoutSeconds: number): Promise<number> {
      await docker('stop', '--time', String(stopTimeoutSeconds), id);
      return Number(await inspect(id, '{{.State.ExitCode}}'));
    },
    kill: ({ id }: Replica) => docker('kill', '--signal', 'KILL', id),
    logOf: ({ id }: Replica) => docker('logs', id),
    remove: ({ id }: Replica) => docker('rm', '--force', id),
  };
}
