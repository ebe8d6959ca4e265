import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { clientKinds } from '../src/mix.ts';
import { createShopClient, type ShopClient } from '../src/shop-client.ts';
import { createTally, type Tally } from '../src/tally.ts';
import { type StandInShop, startStandIn } from './stand-in-shop.ts';

const TIMEOUT_MS = 1000;
const get = { name: 'GET /x', method: 'GET', path: '/x', expected: [200] } as const;

let shop: StandInShop;
beforeEach(async () => {
  shop = await startStandIn();
});
afterEach(() => shop.stop());

describe.each(clientKinds)('a request of the %s client', (kind) => {
  let tally: Tally;
  let client: ShopClient;
  beforeEach(() => {
    tally = createTally();
    client = createShopClient(kind, { baseUrl: shop.url, timeoutMs: TIMEOUT_MS, tally });
  });
  afterEach(() => client.close());

  test.each<[string, (request: IncomingMessage, response: ServerResponse) => unknown, object]>([
    [
      'that is answered with 503',
      (_request, response) => response.writeHead(503).end('{"code":"ORDER_UNAVAILABLE"}'),
      { kind: 'status', status: 503, code: 'ORDER_UNAVAILABLE' },
    ],
    [
      'whose answer nobody expects',
      (_request, response) => response.writeHead(404).end(),
      { kind: 'status', status: 404 },
    ],
    ['whose connection is closed without an answer', ({ socket }) => socket.end(), { kind: 'reset' }],
    ['whose connection is reset', ({ socket }) => socket.resetAndDestroy(), { kind: 'reset', code: 'ECONNRESET' }],
    [
      'whose answer is cut',
      (_request, response) => response.writeHead(200, { 'content-length': 9 }).write('half', () => response.destroy()),
      { kind: 'reset' },
    ],
    ['whose answer is not HTTP', ({ socket }) => socket.end('nonsense\r\n\r\n'), { kind: 'bad-answer' }],
    ['that is never answered', () => undefined, { kind: 'timeout', code: 'TimeoutError' }],
    [
      'whose answer never ends',
      (_request, response) => response.writeHead(200).write('half'),
      { kind: 'timeout', code: 'TimeoutError' },
    ],
  ])('%s is one failure, and is not repeated', async (_what, disturb, failure) => {
    // On a connection that was good before, where one is kept.
    expect(await client.send(get)).toMatchObject({ status: 200 });
    shop.disturb((request, response) => {
      disturb(request, response);
      return true;
    });
    const startedAt = Date.now();
    expect(await client.send(get)).toBeUndefined();
    const { requests, failed, failures } = tally.report();
    expect([requests, failed, shop.seen.length]).toEqual([2, 1, 2]);
    expect(failures).toEqual([expect.objectContaining({ request: 'GET /x', client: kind, ...failure })]);
    const { at = '', latencyMs = -1 } = failures[0] ?? {};
    expect(Math.abs(Date.parse(at) - startedAt)).toBeLessThan(500);
    expect(latencyMs).toBeLessThanOrEqual(Date.now() - startedAt + 1);
    if ('code' in failure && failure.code === 'TimeoutError') expect(latencyMs).toBeGreaterThan(TIMEOUT_MS * 0.9);

    shop.disturb(() => false);
    expect(await client.send(get)).toMatchObject({ status: 200 });
  });

  test('that finds nobody is refused', async () => {
    await shop.stop();
    expect(await client.send(get)).toBeUndefined();
    expect(tally.report().failures).toEqual([expect.objectContaining({ kind: 'refused', code: 'ECONNREFUSED' })]);
  });
});

describe('the failures of a long outage', () => {
  test('are all counted, and the last thousand kept', () => {
    const tally = createTally();
    for (let status = 0; status < 1500; status += 1) {
      tally.failed({ at: '', request: 'GET /x', client: 'fresh', kind: 'status', status, latencyMs: 1 });
    }
    const { failed, failures } = tally.report();
    expect([failed, failures.length, failures[0]?.status, failures.at(-1)?.status]).toEqual([1500, 1000, 500, 1499]);
  });
});
