import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import { type Collector, startCollector } from './src/collector.ts';
import { type Shop, startShop } from './src/shop.ts';
import { storedItems } from './src/stored-items.ts';

const marker = randomUUID().replaceAll('-', '');
const token = `pm_approve_${marker}`;
const cardNumber = '4000056655665556';

let collector: Collector;
let shop: Shop;
beforeAll(async () => {
  collector = await startCollector();
  shop = await startShop({ all: { ...collector.environment, LOG_LEVEL: 'trace' } });
  await shop.stock('MUG', { received: 100 });
});
afterAll(async () => {
  await shop.stop();
  await collector.stop();
});

describe('what a customer pays with', () => {
  test('is stored in the open order alone, and nowhere once the order is closed', async () => {
    const buyer = shop.customer();
    await shop.gateway.stop('SIGKILL');
    const { status, body } = await buyer.order({ MUG: 1 }, { paymentMethod: token });
    expect(status).toBe(202);
    expect(await holdersOf(marker)).toEqual([['orders', body.orderId]]);

    await shop.gateway.start();
    expect(await buyer.settled(body.orderId)).toMatchObject({ status: 'confirmed' });
    expect(await holdersOf(marker)).toEqual([]);
  });

  test('appears in no log line, span, metric or closed order, whatever becomes of the order', async () => {
    const buyer = shop.customer();
    for (const outcome of ['approve', 'decline', 'invalid', 'slow', 'error', 'timeout_with_effect']) {
      const { body } = await buyer.order({ MUG: 1 }, { paymentMethod: `pm_${outcome}_${marker}` });
      await buyer.settled(body.orderId);
      if (outcome === 'approve') {
        await buyer.cancel(body.orderId);
        await buyer.settled(body.orderId);
      }
    }
    for (const paymentMethod of [cardNumber, `pm_${marker}!`]) {
      expect((await buyer.order({ MUG: 1 }, { paymentMethod })).status).toBe(400);
    }

    for (const secret of [marker, cardNumber]) expect(await holdersOf(secret)).toEqual([]);

    const services = [shop.order, shop.payment, shop.catalog, shop.gateway];
    const metrics = await Promise.all(services.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
    await until('the spans have arrived', () => collector.spans.some(({ service }) => service === 'payment'));
    for (const service of services) await service.stop('SIGTERM');
    const told = [...services.map((service) => service.output()), ...metrics, collector.received()];
    expect(told.every((text) => text.length > 1000)).toBe(true);
    for (const secret of [marker, cardNumber]) expect(told.filter((text) => text.includes(secret))).toEqual([]);
  }, 60_000);
});

async function holdersOf(text: string) {
  const items = await storedItems(shop);
  return items
    .filter(({ item }) => JSON.stringify(item).includes(text))
    .map(({ table, item }) => [table, item.orderId]);
}
