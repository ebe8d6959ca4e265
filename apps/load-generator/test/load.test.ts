import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLoad, type LoadOptions } from '../src/load.ts';
import type { PlacedOrder } from '../src/visits.ts';
import { type StandInShop, startStandIn } from './stand-in-shop.ts';

let shop: StandInShop;
beforeEach(async () => {
  shop = await startStandIn();
});
afterEach(() => shop.stop());

const shelf = { category: 'load', skus: ['LOAD-1', 'LOAD-2'] };
const giveToken = async () => 'token';

function start(options: Partial<LoadOptions> = {}) {
  const load = createLoad({ baseUrl: shop.url, giveToken, shelf, pace: { concurrency: 1 }, ...options });
  const end = new AbortController();
  return { load, ended: load.run(end.signal), end: () => end.abort() };
}

describe('a load', () => {
  test('counts every request as the shop saw it', async () => {
    const placed: PlacedOrder[] = [];
    const { ended, end } = start({ pace: { concurrency: 4 }, onPlaced: (order) => placed.push(order) });
    await shop.untilSeen(300);
    end();
    const { requests, failed, failures, answers, latencyMs } = await ended;
    expect([requests, failed, failures]).toEqual([shop.seen.length, 0, []]);
    const counted = Object.values(answers).flatMap((counts) => Object.values(counts));
    expect(counted.reduce((sum, count) => sum + count)).toBe(requests);
    const orders = shop.seen.filter(({ method, url }) => method === 'POST' && url === '/v1/orders');
    expect(answers['POST /v1/orders']).toEqual({ 201: orders.length });
    expect(placed).toHaveLength(orders.length);
    expect(placed[0]).toEqual({
      orderId: `ord_${'a'.repeat(26)}`,
      customerId: expect.stringMatching(/^load-\d+$/),
      status: 201,
    });
    expect(new Set(orders.map(({ headers }) => headers['idempotency-key'])).size).toBe(orders.length);
    expect(Object.keys(answers).sort()).toEqual([
      'GET /v1/orders/{orderId}',
      'GET /v1/products',
      'GET /v1/products/{sku}',
      'POST /v1/orders',
      'POST /v1/orders/{orderId}/cancellation',
    ]);
    expect(answers['GET /v1/products/{sku}']).toEqual({ 200: expect.any(Number), 304: expect.any(Number) });
    expect(latencyMs.p50).toBeGreaterThan(0);
    expect(latencyMs.max).toBeGreaterThanOrEqual(latencyMs.p99);
  });

  test('has one client that keeps its connection and one that opens a new one for each request', async () => {
    const { ended, end } = start();
    await shop.untilSeen(60);
    end();
    const { clients } = await ended;
    expect(clients['keep-alive'].requests).toBeGreaterThan(20);
    // A request that comes before its predecessor's answer is put away takes a second one.
    expect(clients['keep-alive'].connections).toBeLessThanOrEqual(2);
    expect(clients.fresh.connections).toBe(clients.fresh.requests);
    expect(shop.connections()).toBe(clients['keep-alive'].connections + clients.fresh.requests);
  });

  test('does not use a connection again that the server has called the last', async () => {
    shop.disturb((_request, response) => void response.setHeader('connection', 'close'));
    const { ended, end } = start();
    await shop.untilSeen(60);
    end();
    const { failed, clients } = await ended;
    expect([failed, clients['keep-alive'].connections]).toEqual([0, clients['keep-alive'].requests]);
  });

  test('begins nothing any more once it is over, and waits for what is in flight', async () => {
    let finish = () => {};
    shop.disturb((_request, response) => {
      if (shop.seen.length !== 10) return false;
      finish = () => response.writeHead(200).end('{}');
      return true;
    });
    const { load, ended, end } = start();
    await shop.untilSeen(10);
    end();
    expect(await Promise.race([ended, new Promise((resolve) => setImmediate(resolve, 'in flight'))])).toBe('in flight');
    expect(load.report().requests).toBe(9);
    finish();
    expect(await ended).toMatchObject({ requests: 10, failed: 0 });
    expect(shop.seen).toHaveLength(10);
  });

  test('keeps its rate when the shop does not answer', async () => {
    shop.disturb(() => true);
    const { ended, end } = start({ pace: { perSecond: 500 }, timeoutMs: 300 });
    await shop.untilSeen(30);
    end();
    const { requests, failed } = await ended;
    expect([requests, failed]).toEqual([shop.seen.length, shop.seen.length]);
  });

  test('fills a shelf of its own first, as an administrator', async () => {
    const asked: unknown[] = [];
    const { ended, end } = start({
      shelf: undefined as never,
      giveToken: async (...caller) => String(asked.push(caller)),
    });
    await shop.untilSeen(40);
    end();
    await ended;
    const puts = shop.seen.filter(({ method }) => method === 'PUT');
    expect(new Set(puts.map(({ url }) => url)).size).toBe(32);
    expect(puts.every(({ headers }) => headers['if-none-match'] === '*')).toBe(true);
    expect(asked[0]).toEqual(['load-admin', { admin: true }]);
  });

  test('does not go on without its shelf', async () => {
    shop.disturb((_request, response) => Boolean(response.writeHead(403).end()));
    const { ended } = start({ shelf: undefined as never });
    await expect(ended).rejects.toThrow('did not take the products');
  });

  test('counts it as a failure when there is no token', async () => {
    const { load, ended, end } = start({ giveToken: () => Promise.reject(new Error('no issuer')) });
    await shop.untilSeen(30);
    end();
    await ended;
    expect(load.report().failures[0]).toMatchObject({ kind: 'token', request: 'token', client: 'keep-alive' });
    expect(shop.seen.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});
