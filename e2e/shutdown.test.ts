import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import { type Collector, startCollector } from './src/collector.ts';
import { reconcile } from './src/reconcile.ts';
import { type Shop, startShop } from './src/shop.ts';
import { storedItems } from './src/stored-items.ts';

const IN_FLIGHT = 200;

let collector: Collector;
let shop: Shop;
beforeAll(async () => {
  collector = await startCollector();
  shop = await startShop({ all: collector.environment, recovery: 'patient' });
  await Promise.all(skus.map((sku) => shop.stock(sku, { received: IN_FLIGHT })));
});
afterAll(async () => {
  await shop.stop();
  await collector.stop();
});

const skus = Array.from({ length: 20 }, (_, index) => `SKU-${index}`);

describe('SIGTERM while 200 orders are in flight', () => {
  test('every order is answered, the process exits 0, and every span is delivered', async () => {
    shop.gateway.pause();
    let answered = 0;
    const orders: Promise<number>[] = [];
    async function order(index: number) {
      const { status } = await shop.customer().order({ [`SKU-${index % skus.length}`]: 1 });
      answered += 1;
      return status;
    }
    while (orders.length < IN_FLIGHT) {
      orders.push(...skus.map((_, index) => order(index)));
      await until('each order waits for the gateway', async () => {
        const items = await storedItems(shop);
        return items.filter(({ item }) => item.status === 'intended').length === orders.length;
      });
    }
    expect(answered).toBe(0);

    const exit = shop.order.stop('SIGTERM');
    await until('it says that it is not ready', () => shop.order.logs().some(({ signal }) => signal === 'SIGTERM'));
    shop.gateway.resume();

    expect(new Set(await Promise.all(orders))).toEqual(new Set([201]));
    expect(await exit).toEqual({ code: 0, signal: null });
    const served = collector.spans.filter(({ name, service }) => service === 'order' && name === 'POST /v1/orders');
    expect(served).toHaveLength(IN_FLIGHT);

    await shop.order.start();
    expect(await reconcile(shop)).toMatchObject({ exitCode: 0 });
  }, 90_000);
});
