import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { auditOrders } from './placed-orders.ts';

const lists: Record<string, { orderId: string; status: string }[]> = {
  'Bearer one': [
    { orderId: 'a', status: 'confirmed' },
    { orderId: 'b', status: 'pending' },
    { orderId: 'c', status: 'cancelled' },
  ],
  'Bearer two': [{ orderId: 'd', status: 'confirmed' }],
};

/** Lists orders one by one. */
const shop = createServer(({ url = '', headers }, response) => {
  const at = Number(new URL(url, 'http://shop').searchParams.get('cursor') ?? 0);
  const list = lists[headers.authorization ?? ''] ?? [];
  const nextCursor = at + 1 < list.length ? String(at + 1) : undefined;
  response.end(JSON.stringify({ items: list.slice(at, at + 1), nextCursor }));
});
afterEach(() => void shop.close());

test('an order that was taken is looked for on every page of its customer', async () => {
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
  const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  const placed = [
    ...['a', 'b', 'c', 'e'].map((orderId) => ({ orderId, customerId: 'one', status: 201 })),
    { orderId: 'd', customerId: 'two', status: 202 },
  ];
  const audit = await auditOrders(placed, { url, giveToken: async (customerId) => customerId });
  expect(audit).toEqual({ placed: 5, lost: ['e'], open: ['b'] });
});
