import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { Registry } from 'prom-client';
import { createHealth, type HealthOptions } from './health.ts';

const START = Date.UTC(2026, 0, 15);
let closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(closers.map((close) => close()));
  closers = [];
});

async function startTask(options: HealthOptions) {
  const registry = new Registry();
  const health = createHealth({ registry, ...options });
  const app = Fastify();
  app.register(health.plugin);
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  closers.push(() => app.close());
  const get = async (path: string) => {
    const response = await fetch(origin + path);
    return { code: response.status, ...((await response.json()) as { status: string; checks: unknown[] }) };
  };
  return { health, registry, get };
}

const fails = async () => {
  throw new TypeError('user:password@db refused');
};
const succeeds = async () => undefined;

test('a task is ready when its required checks pass, and lists them all', async () => {
  const { health, get } = await startTask({});
  health.required('startup', succeeds);
  health.informative('catalog', fails);
  expect(await get('/readyz')).toEqual({
    code: 200,
    status: 'ready',
    checks: [
      { name: 'startup', kind: 'required', status: 'ok', durationMs: expect.any(Number) },
      { name: 'catalog', kind: 'informative', status: 'failed', durationMs: expect.any(Number), reason: 'TypeError' },
    ],
  });
});

test('a failing required check makes the task unready, but not dead', async () => {
  const { health, get } = await startTask({});
  health.required('secret', () => {
    throw new Error('thrown before there is a promise');
  });
  expect(await get('/readyz')).toMatchObject({ code: 503, status: 'not ready', checks: [{ status: 'failed' }] });
  expect(await get('/livez')).toEqual({ code: 200, status: 'alive' });
});

test('DynamoDB may be away for a minute: every task stays ready, lists and measures it', async () => {
  let clock = START;
  const dynamo = createServer((request) => request.socket.destroy());
  dynamo.listen(0, '127.0.0.1');
  await once(dynamo, 'listening');
  const endpoint = `http://127.0.0.1:${(dynamo.address() as AddressInfo).port}`;
  closers.push(async () => dynamo.close());
  const tasks = await Promise.all([1, 2, 3].map(() => startTask({ now: () => clock })));
  for (const { health } of tasks) health.informative('dynamodb', () => fetch(endpoint));

  for (const end = START + 60_000; clock < end; clock += 5000) {
    for (const { get } of tasks) {
      expect(await get('/readyz')).toMatchObject({ code: 200, checks: [{ name: 'dynamodb', status: 'failed' }] });
    }
  }
  for (const { registry } of tasks) {
    expect(await registry.metrics()).toContain('readiness_check_up{check="dynamodb",kind="informative"} 0');
  }

  dynamo.removeAllListeners('request');
  dynamo.on('request', (_request, response) => response.end());
  for (const { get, registry } of tasks) {
    expect(await get('/readyz')).toMatchObject({ code: 200, checks: [{ status: 'ok' }] });
    expect(await registry.metrics()).toContain('readiness_check_up{check="dynamodb",kind="informative"} 1');
  }
});

test('checks run once a second however many ask at once', async () => {
  let clock = START;
  let runs = 0;
  const { health, get } = await startTask({ now: () => clock });
  health.required('counted', async () => {
    runs += 1;
  });
  await Promise.all(Array.from({ length: 20 }, () => get('/readyz')));
  clock += 999;
  await get('/readyz');
  expect(runs).toBe(1);
  clock += 1;
  await Promise.all([get('/readyz'), get('/readyz')]);
  expect(runs).toBe(2);
});

test('checks run side by side', async () => {
  const { health, get } = await startTask({});
  const meeting = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  health.required('first', () => {
    meeting[0].resolve();
    return meeting[1].promise;
  });
  health.required('second', () => {
    meeting[1].resolve();
    return meeting[0].promise;
  });
  expect(await get('/readyz')).toMatchObject({ code: 200 });
});

test('a check that hangs fails at its deadline, does not delay the others and is started again only after ten deadlines', async () => {
  let clock = START;
  const deadlines: number[] = [];
  const { health, get } = await startTask({ checkTimeoutMs: 30, cacheMs: 100, now: () => clock });
  health.required('startup', succeeds);
  health.informative('hanging', (deadlineAt) => {
    deadlines.push(deadlineAt);
    return new Promise(() => undefined);
  });
  for (let round = 0; round < 4; round += 1) {
    expect(await get('/readyz')).toMatchObject({
      code: 200,
      checks: [{ status: 'ok' }, { name: 'hanging', status: 'failed', reason: 'TimeoutError' }],
    });
    clock += 100;
  }
  expect(deadlines).toEqual([START + 30, START + 300 + 30]);
});

test('a check that was lost and ends late does not end the wait for the one that took its place', async () => {
  let clock = START;
  const attempts: PromiseWithResolvers<void>[] = [];
  const { health, get } = await startTask({ checkTimeoutMs: 30, cacheMs: 0, now: () => clock });
  health.informative('hanging', () => {
    const attempt = Promise.withResolvers<void>();
    attempts.push(attempt);
    return attempt.promise;
  });
  await get('/readyz');
  clock += 300;
  await get('/readyz');
  attempts[0]?.resolve();
  await get('/readyz');
  expect(attempts).toHaveLength(2);
});

test('a draining task is unready at once without running a check, and goes on being alive', async () => {
  let runs = 0;
  const { health, get } = await startTask({});
  health.required('counted', async () => {
    runs += 1;
  });
  expect(health.draining).toBe(false);
  health.drain();
  expect(health.draining).toBe(true);
  expect(await get('/readyz')).toEqual({ code: 503, status: 'draining', checks: [] });
  expect(await get('/livez')).toMatchObject({ code: 200 });
  expect(runs).toBe(0);
});

test('draining that begins while checks run still makes the answer a 503', async () => {
  const { health, get } = await startTask({});
  health.required('startup', async () => health.drain());
  expect(await get('/readyz')).toMatchObject({ code: 503, status: 'draining' });
});

test('two checks cannot share a name, since their figures would overwrite each other', () => {
  const health = createHealth();
  health.required('dynamodb', succeeds);
  expect(() => health.informative('dynamodb', succeeds)).toThrow('two checks named dynamodb');
});
