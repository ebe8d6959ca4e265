import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createTally } from '@shop/load-generator/tally';
import { createBuyers } from './buyers.ts';

const orderId = `ord_${'a'.repeat(26)}`;
const answers = [503, 202, 201];
const keys: unknown[] = [];
const end = new AbortController();

/** Takes every product; an order it settles at the third request. */
const shop = createServer((request, response) => {
  request.resume();
  if (request.method === 'PUT') return response.writeHead(201).end();
  keys.push(request.headers['idempotency-key']);
  end.abort();
  response.writeHead(answers[keys.length - 1] ?? 500).end(JSON.stringify({ orderId }));
});
afterEach(() => void shop.close());

test('a buyer repeats an order with its key until it is settled, also when no other is to follow', async () => {
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
  const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  const tally = createTally();
  const buyers = createBuyers({ url, giveToken: async () => 'token', tally, buyers: 1, pauseMs: 1 });
  expect(await buyers.run(end.signal)).toEqual({
    bought: [{ orderId, customerId: 'buyer-0', status: 201 }],
    unsettled: [],
    repeated: 1,
  });
  expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
  expect(tally.report().failed).toBe(1);
});
