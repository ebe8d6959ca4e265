import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { createCatalogMetrics } from './catalog-metrics.ts';

test('every outcome of a reservation is there before the first, so that none is missing in a rate', async () => {
  const registry = new Registry();
  createCatalogMetrics(registry);
  const { values } = (await registry.getSingleMetric('reservations_total')?.get()) ?? {};
  expect(values?.map(({ labels, value }) => [labels.outcome, value])).toEqual([
    ['held', 0],
    ['other_lines', 0],
    ['refused_out_of_stock', 0],
    ['refused_not_for_sale', 0],
    ['refused_mixed_currency', 0],
    ['refused_released', 0],
    ['returned', 0],
    ['fenced', 0],
    ['repeated', 0],
  ]);
});
