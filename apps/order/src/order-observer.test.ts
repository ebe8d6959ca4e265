import { expect, test } from '@jest/globals';
import { createLogger } from '@shop/logging';
import { Registry } from 'prom-client';
import { moveOrder, newOrder } from './order.ts';
import { createOrderMetrics } from './order-metrics.ts';
import { createOrderObserver } from './order-observer.ts';

test('every line about an order names it, and none tells how it is paid', () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLogger({ service: 'order', version: '1', level: 'trace', pretty: false, destination });
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
