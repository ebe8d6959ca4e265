import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createFaultProxy, type FaultProxy, serialRoundTrips, writeUnits } from '@shop/dynamo/testing';
import { type Shop, startShop } from './src/shop.ts';

const dynamoLocal = process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '';
const skus = Array.from({ length: 10 }, (_, index) => `SKU-${index}`);

let proxy: FaultProxy;
let shop: Shop;
beforeAll(async () => {
  proxy = await createFaultProxy({ target: dynamoLocal, countCapacity: true });
  const counted = { AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint };
  shop = await startShop({
    // Recovery would read beside the order and be counted with it.
    order: { ...counted, RECOVERY_INTERVAL_MS: '600000' },
    recovery: 'patient',
    catalog: counted,
    payment: counted,
  });
  await Promise.all(skus.map((sku) => shop.stock(sku)));
  await costOf(1);
});
afterAll(async () => {
  await shop.stop();
  await proxy.close();
});

/** What an order of so many lines asks of DynamoDB while the catalog knows their prices. */
async function costOf(lineCount: number) {
  const attempts = 5;
  for (let attempt = 1; ; attempt += 1) {
    const calls = await orderOf(lineCount);
    // The catalog keeps a price for a second, which a busy machine can take to place one order: then it reads anew.
    const readAnew = calls.some(({ operation }) => operation === 'BatchGetItem');
    if (!readAnew || attempt === attempts) return calls;
  }
}

/** Places an order for products that the catalog has just read. */
async function orderOf(lineCount: number) {
  const wanted = skus.slice(0, lineCount);
  await Promise.all(wanted.map((sku) => fetch(`${shop.baseUrl}/v1/products/${sku}`)));
  const seen = proxy.calls().length;
  const { status } = await shop.customer().order(Object.fromEntries(wanted.map((sku) => [sku, 1])));
  expect(status).toBe(201);
  return proxy.calls().slice(seen);
}

describe('what an order costs at DynamoDB', () => {
  test('five round trips, one after the other, until the answer', async () => {
    const calls = await costOf(3);
    expect(calls.map(({ operation }) => operation)).toEqual([
      'PutItem',
      'TransactWriteItems',
      'PutItem',
      'UpdateItem',
      'PutItem',
    ]);
    expect(serialRoundTrips(calls)).toBe(5);
  });

  test.each([1, 2, 5, 10])('2n + 9 write units for %i lines', async (lineCount) => {
    const units = (await costOf(lineCount)).map(writeUnits);
    expect(units.reduce((sum, each) => sum + each, 0)).toBe(2 * lineCount + 9);
  });
});
