import { readFileSync } from 'node:fs';
import { until } from '@shop/testing/until';
import { docker } from '../containers/docker.ts';

const IMAGE = process.env.NODE_IMAGE || 'gcr.io/distroless/nodejs24-debian12:nonroot';
const PROGRAM = readFileSync(new URL('target-program.fixture.mjs', import.meta.url), 'utf8');

export type Target = {
  /** On the network of the test. */
  address: string;
  tell(order: 'ready' | 'unready' | 'release' | 'forget'): Promise<void>;
  /** The request targets that came, health checks apart. */
  seen(): Promise<string[]>;
  held(): Promise<number>;
  remove(): Promise<void>;
};

export type TargetOptions = { isReady?: boolean; listens?: boolean };

/** A container that Docker's DNS knows by the service's name, as compose starts one for each replica. */
export async function startTarget(network: string, service: string, options: TargetOptions = {}): Promise<Target> {
  const settings = { SERVICE: service, READY: options.isReady ?? true, LISTENS: options.listens ?? true };
  const environment = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const place = ['--network', network, '--network-alias', service, '--publish', '127.0.0.1::4000'];
  const id = await docker('run', '--detach', '--rm', ...place, ...environment, IMAGE, '-e', PROGRAM);
  const control = `http://${await docker('port', id, '4000/tcp')}`;
  const ask = async (path: string) =>
    (await fetch(`${control}/${path}`)).json() as Promise<{ seen: string[]; held: number }>;
  await until(`${service} runs`, () => ask('').then(Boolean, () => false), { timeoutMs: 10_000 });
  return {
    address: await docker('inspect', '--format', `{{(index .NetworkSettings.Networks "${network}").IPAddress}}`, id),
    tell: async (order) => void (await ask(order)),
    seen: async () => (await ask('')).seen,
    held: async () => (await ask('')).held,
    remove: async () => void (await docker('rm', '--force', id)),
  };
}
