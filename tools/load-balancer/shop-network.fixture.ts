import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker } from '../containers/docker.ts';
import type { Routing } from '../front-door/routing.ts';
import { type Balancer, startBalancer } from './balancer.fixture.ts';
import { haproxyConfig } from './haproxy-config.ts';
import { startTarget, type Target, type TargetOptions } from './target.fixture.ts';
import type { Timings } from './timings.ts';

const root = join(import.meta.dirname, '../..');
const committed = join(root, 'docker/load-balancer');
export const routing: Routing = JSON.parse(readFileSync(join(root, 'infra/routing.json'), 'utf8'));
export const timings: Timings = JSON.parse(readFileSync(join(root, 'infra/timings.json'), 'utf8'));

export type ShopNetwork = {
  balance(environment?: Readonly<Record<string, string>>): Promise<Balancer>;
  /** With other timings than the committed file. */
  balanceWith(others: Timings, environment?: Readonly<Record<string, string>>): Promise<Balancer>;
  start(service: string, options?: TargetOptions): Promise<Target>;
  close(): Promise<void>;
};

/** A Docker network of its own. Closing it removes all that was started on it. */
export async function openShopNetwork(name: string): Promise<ShopNetwork> {
  const network = `balancer-test-${name}-${process.pid}`;
  await docker('network', 'create', network);
  const undo: (() => Promise<void> | void)[] = [];

  async function startIn(folder: string, environment?: Readonly<Record<string, string>>): Promise<Balancer> {
    const balancer = await startBalancer(network, folder, environment);
    undo.push(balancer.remove);
    return balancer;
  }

  return {
    balance: (environment) => startIn(committed, environment),
    async balanceWith(others, environment) {
      const folder = mkdtempSync(join(tmpdir(), 'balancer-'));
      // HAProxy runs as another user.
      chmodSync(folder, 0o755);
      undo.push(() => rmSync(folder, { recursive: true }));
      copyFileSync(join(committed, 'registration.lua'), join(folder, 'registration.lua'));
      writeFileSync(join(folder, 'haproxy.cfg'), haproxyConfig(routing, others));
      return startIn(folder, environment);
    },
    async start(service, options) {
      const target = await startTarget(network, service, options);
      undo.push(target.remove);
      return target;
    },
    async close() {
      for (const each of undo.reverse()) await each();
      await docker('network', 'rm', network);
    },
  };
}
