import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { createOrderMetrics } from './order-metrics.ts';

const seriesOf = async (registry: Registry, name: string) => (await registry.getSingleMetric(name)?.get())?.values;

test('every outcome of an order is there before the first order, so that none is missing in a rate', async () => {
  const registry = new Registry();
  createOrderMetrics(registry);
  const outcomes = ['confirmed', 'cancelled', 'out_of_stock', 'not_for_sale', 'mixed_currency', 'payment_declined'];
  expect(await seriesOf(registry, 'orders_total')).toEqual(
    outcomes.map((outcome) => expect.objectContaining({ labels: { outcome }, value: 0 })),
  );
});

test.each([
  ['the longest wait, of orders that nobody took up', [6_000, 9_500, 20_000], 4],
  ['nothing, while all are held or not yet due', [10_000, 12_000], 0],
  ['nothing, without an open order', [], 0],
])('what is overdue is %s', async (_case, due, seconds) => {
  const registry = new Registry();
  const metrics = createOrderMetrics(registry, () => 10_000);
  metrics.open([{ orderId: 'ord_earlier', dueAt: 0 }]);
  metrics.open(due.map((dueAt) => ({ orderId: `ord_${dueAt}`, dueAt })));
  expect(await seriesOf(registry, 'orders_oldest_overdue_seconds')).toMatchObject([{ value: seconds }]);
});
