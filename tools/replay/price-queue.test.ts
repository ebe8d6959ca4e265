import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createPriceQueue } from './price-queue.ts';

test('orders at one price go side by side, and the price is set once', async () => {
  const set: string[] = [];
  const queue = createPriceQueue(async (sku, priceMinor) => void set.push(`${sku} ${priceMinor}`));
  const places = [queue.enter([{ sku: 'A', priceMinor: 100 }]), queue.enter([{ sku: 'A', priceMinor: 100 }])];
  for (const place of places) {
    await place.begins;
    await place.setPrices();
  }
  expect(set).toEqual(['A 100']);
});

test('no price is set for orders that ask for none', async () => {
  const set: string[] = [];
  const queue = createPriceQueue(async (sku) => void set.push(sku));
  await queue.enter([{ sku: 'A', priceMinor: 100 }]).begins;
  expect(set).toEqual([]);
});

test('whatever the orders, each runs at its own prices, and all of them run', async () => {
  const orders = fc.array(fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D'), fc.integer({ min: 1, max: 3 })), {
    maxLength: 30,
  });
  const property = fc.asyncProperty(orders, fc.scheduler(), async (drawn, scheduler) => {
    const prices = new Map<string, number>();
    const queue = createPriceQueue(async (sku, priceMinor) => {
      await scheduler.schedule(Promise.resolve());
      prices.set(sku, priceMinor);
    });
    const runs = drawn.map(async (order) => {
      const lines = Object.entries(order).map(([sku, priceMinor]) => ({ sku, priceMinor }));
      const place = queue.enter(lines);
      await place.begins;
      await place.setPrices();
      const seen = () => lines.map(({ sku }) => [sku, prices.get(sku)]);
      expect(seen()).toEqual(Object.entries(order));
      await scheduler.schedule(Promise.resolve());
      expect(seen()).toEqual(Object.entries(order));
      place.leave();
    });
    await scheduler.waitFor(Promise.all(runs));
  });
  await fc.assert(property, { numRuns: 200 });
});
