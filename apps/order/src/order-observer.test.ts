import { expect, test } from '@jest/globals';
import type { FastifyBaseLogger } from 'fastify';
import { Registry } from 'prom-client';
import { moveOrder, newOrder } from './order.ts';
import { createOrderMetrics } from './order-metrics.ts';
import { createOrderObserver } from './order-observer.ts';

test('every line about an order names it, and none tells how it is paid', () => {
  const lines: string[] = [];
  const write = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }));
  const log = { info: write, warn: write, error: write } as unknown as FastifyBaseLogger;
  const observer = createOrderObserver(log, createOrderMetrics(new Registry()));
  const input = { lines: [{ sku: 'MUG', quantity: 1 }], paymentMethod: 'pm_secret' };
  const order = newOrder({ customerId: 'ada', idempotencyKey: 'key', input }, 1000, 6000);

  observer.recovering(order);
  observer.moved(moveOrder(order, 'abandon'), order);
  observer.failed(order, new Error('payment: timeout'), 200);
  observer.parked(order);
  expect(lines).toHaveLength(4);
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({ orderId: order.orderId, attempt: 1 });
    expect(line).not.toContain('secret');
  }
});
