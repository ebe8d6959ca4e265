import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { createPaymentMetrics } from './payment-metrics.ts';

test.each([
  ['charges_total', ['succeeded', 'declined', 'fenced', 'unknown', 'refused']],
  ['refunds_total', ['refunded', 'voided', 'unknown', 'refused']],
])('every outcome of %s is there before the first, so that none is missing in a rate', async (name, outcomes) => {
  const registry = new Registry();
  createPaymentMetrics(registry);
  expect((await registry.getSingleMetric(name)?.get())?.values).toEqual(
    outcomes.map((outcome) => expect.objectContaining({ labels: { outcome }, value: 0 })),
  );
});
