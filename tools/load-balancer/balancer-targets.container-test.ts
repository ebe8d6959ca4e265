import { Agent, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import type { Balancer } from './balancer.fixture.ts';
import { openShopNetwork, type ShopNetwork, timings } from './shop-network.fixture.ts';
import type { Target } from './target.fixture.ts';

const GROUP = 'be_catalog';
const { healthCheckIntervalSeconds, healthCheckTimeoutSeconds, unhealthyThresholdCount, healthyThresholdCount } =
  timings.targetGroup;
/** So that a test need not wait: what comes is the same. */
const quick = {
  ...timings,
  targetGroup: { ...timings.targetGroup, healthCheckIntervalSeconds: 1, healthCheckTimeoutSeconds: 1 },
};
/** Reading the balancer's state costs this much at most. */
const READING_MS = 1_000;

let shop: ShopNetwork;
let balancer: Balancer;

beforeEach(async () => {
  shop = await openShopNetwork('targets');
  balancer = await shop.balanceWith(quick);
});
afterEach(() => shop.close());

async function status(path = '/v1/products'): Promise<number> {
  const answer = await fetch(`${balancer.url}${path}`);
  await answer.arrayBuffer();
  return answer.status;
}

async function askTimes(times: number): Promise<number[]> {
  const answers: number[] = [];
  for (let done = 0; done < times; done += 1) answers.push(await status());
  return [...new Set(answers)];
}

async function requestsOf(target: Target): Promise<number> {
  return (await target.seen()).length;
}

function places(what: string, isSo: (up: string[], all: string[]) => boolean): Promise<true> {
  const ask = async () => {
    const all = await balancer.targets(GROUP);
    const up = all.filter((each) => each.isUp);
    return isSo(
      up.map(({ address }) => address),
      all.map(({ address }) => address),
    );
  };
  return until(what, ask, { timeoutMs: 30_000 });
}

async function startUp(count: number): Promise<Target[]> {
  const targets = await Promise.all(Array.from({ length: count }, () => shop.start('catalog')));
  await places(`${count} targets are up`, (up) => up.length === count);
  return targets;
}

describe('targets behind the balancer', () => {
  test('come and go with the containers, and all that are there get requests', async () => {
    const [first] = await startUp(1);
    const others = await Promise.all([shop.start('catalog'), shop.start('catalog')]);
    await places('three are up', (up) => up.length === 3);
    expect(await askTimes(30)).toEqual([200]);
    for (const target of [first as Target, ...others]) expect(await requestsOf(target)).toBeGreaterThan(4);

    await first?.remove();
    await places('the first is gone', (_up, all) => all.length === 2);
    expect(await askTimes(20)).toEqual([200]);
  });

  test('get nothing before they are ready', async () => {
    await startUp(1);
    const late = await shop.start('catalog', { isReady: false });
    await places('it is registered', (_up, all) => all.length === 2);
    expect(await askTimes(30)).toEqual([200]);
    expect(await requestsOf(late)).toBe(0);
    await late.tell('ready');
    await places('it is up', (up) => up.length === 2);
    await askTimes(10);
    expect(await requestsOf(late)).toBeGreaterThan(0);
  });

  test('are taken out in time when they stop being ready, and put back', async () => {
    balancer = await shop.balance();
    const [stays, leaves] = (await startUp(2)) as [Target, Target];
    const leftAt = Date.now();
    await leaves.tell('unready');
    await places('it is down', (up) => !up.includes(leaves.address));
    const worstSeconds = healthCheckIntervalSeconds * unhealthyThresholdCount + healthCheckTimeoutSeconds;
    expect(Date.now() - leftAt).toBeLessThan(worstSeconds * 1000 + READING_MS);
    await leaves.tell('forget');
    expect(await askTimes(20)).toEqual([200]);
    expect([await requestsOf(leaves), await requestsOf(stays)]).toEqual([0, 20]);

    const backAt = Date.now();
    await leaves.tell('ready');
    await places('it is up', (up) => up.length === 2);
    expect(Date.now() - backAt).toBeLessThan(healthCheckIntervalSeconds * healthyThresholdCount * 1000 + READING_MS);
  });

  test('all get requests when none of them is ready, and 503 is said only when there is none', async () => {
    const targets = await startUp(2);
    for (const target of targets) await target.tell('unready');
    await places('none is up', (up) => up.length === 0);
    expect(await askTimes(10)).toEqual([200]);
    for (const target of targets) expect(await requestsOf(target)).toBeGreaterThan(0);

    for (const target of targets) await target.remove();
    await places('none is there', (_up, all) => all.length === 0);
    expect(await askTimes(3)).toEqual([503]);
  });

  test('finish what they have when they are deregistered, and get nothing new', async () => {
    const [stays, leaves] = (await startUp(2)) as [Target, Target];
    const heldBy = async () => [await stays.held(), await leaves.held()];
    const held = [status('/v1/products/held')];
    await until('one has it', async () => (await heldBy()).includes(1));
    // Sent at once, two threads of the balancer may find the same target the least busy.
    held.push(status('/v1/products/held'));
    await until('each has one', async () => (await heldBy()).every((count) => count === 1));
    const place = (await balancer.targets(GROUP)).find(({ address }) => address === leaves.address);
    await balancer.command(`set server ${GROUP}/${place?.name} state drain`);
    await leaves.tell('forget');
    expect(await askTimes(20)).toEqual([200]);
    expect(await requestsOf(leaves)).toBe(0);
    for (const target of [stays, leaves]) await target.tell('release');
    expect(await Promise.all(held)).toEqual([200, 200]);
  });

  test('get nothing when the last of them is deregistered, and its place serves the next one', async () => {
    const [last] = (await startUp(1)) as [Target];
    await balancer.command(`set server ${GROUP}/catalog1 state drain`);
    await until('it gets nothing', async () => (await status()) === 503);
    await last.remove();
    await places('it is gone', (_up, all) => all.length === 0);
    await startUp(1);
    expect(await askTimes(3)).toEqual([200]);
  });

  test('change behind a connection that a client keeps', async () => {
    const [first] = (await startUp(2)) as [Target];
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const portOf = () =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request(`${balancer.url}/v1/products`, { agent }, (answer) => {
          const port = asked.socket?.localPort;
          answer.resume().on('end', () => resolve(answer.statusCode === 200 ? port : undefined));
        });
        asked.on('error', reject).end();
      });
    const before = await portOf();
    await first.remove();
    await places('it is gone', (_up, all) => all.length === 1);
    expect(before).toBeDefined();
    expect([await portOf(), await portOf()]).toEqual([before, before]);
    agent.destroy();
  });
});
