import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openStores, productInput, soon, type TestStores } from '../test/stores.fixture.ts';
import { createProductCache, type ProductCache } from './product-cache.ts';

let stores: TestStores;
let cache: ProductCache;
let clock: number;
beforeEach(async () => {
  stores = await openStores();
  clock = 0;
  cache = createProductCache((skus) => stores.products.readMany(skus, soon()), { now: () => clock, maxEntries: 3 });
  for (const sku of ['MUG', 'POT', 'CUP', 'PAN']) await stores.products.create(sku, productInput(), soon());
});
afterEach(() => stores.close());

/** How many requests to DynamoDB the act took. */
async function requests(act: () => Promise<unknown>): Promise<number> {
  const before = stores.proxy.calls().length;
  await act();
  return stores.proxy.calls().length - before;
}

async function rename(sku: string, name: string) {
  const seen = await stores.products.read(sku, soon());
  if (seen) await stores.products.revise(seen, productInput({ name }), soon());
}

describe('the product cache', () => {
  test('reads a product once for everyone who asks at the same time', async () => {
    expect(await requests(() => Promise.all(Array.from({ length: 50 }, () => cache.get('MUG'))))).toBe(1);
  });

  test('knows a product for a second and not longer', async () => {
    await cache.get('MUG');
    await rename('MUG', 'Green mug');
    clock = 999;
    expect(await cache.get('MUG')).toMatchObject({ name: 'Blue mug' });
    clock = 1000;
    expect(await cache.get('MUG')).toMatchObject({ name: 'Green mug' });
  });

  test('counts the age from the moment it asked, not from the answer', async () => {
    stores.proxy.inject({ operation: 'BatchGetItem', fault: { delayMs: 50 } });
    const answer = cache.get('MUG');
    clock = 900;
    await answer;
    clock = 1000;
    expect(await requests(() => cache.get('MUG'))).toBe(1);
  });

  test('knows for a moment only that there is no such product', async () => {
    expect(await cache.get('NEW')).toBeUndefined();
    await stores.products.create('NEW', productInput(), soon());
    clock = 199;
    expect(await cache.get('NEW')).toBeUndefined();
    clock = 200;
    expect(await cache.get('NEW')).toMatchObject({ sku: 'NEW' });
  });

  test('reads together what it does not know of many', async () => {
    await cache.get('MUG');
    let products = new Map();
    const act = async () => {
      products = await cache.getMany(['MUG', 'POT', 'NEW']);
    };
    expect(await requests(act)).toBe(1);
    expect(products.get('POT')).toMatchObject({ sku: 'POT' });
    expect(products.get('NEW')).toBeUndefined();
    expect(await requests(act)).toBe(0);
  });

  test('answers for more products than it can keep', async () => {
    const skus = ['MUG', 'POT', 'CUP', 'PAN'];
    await cache.getMany(['PAN', 'CUP', 'POT']);
    const products = await cache.getMany(skus);
    expect([...products.values()].map((product) => product?.sku)).toEqual(skus);
    expect(await requests(() => cache.get('PAN'))).toBe(0);
    expect(await requests(() => cache.get('CUP'))).toBe(0);
    expect(await requests(() => cache.getMany(skus))).toBe(1);
  });

  test('does not bring back what was forgotten while it was being read', async () => {
    stores.proxy.inject({ operation: 'BatchGetItem', fault: { delayMs: 50 } });
    const early = cache.get('MUG');
    cache.forget('MUG');
    await early;
    await rename('MUG', 'Green mug');
    expect(await cache.get('MUG')).toMatchObject({ name: 'Green mug' });
  });

  test('fails everyone who waits when the read fails, and asks again the next time', async () => {
    stores.proxy.inject({ operation: 'BatchGetItem', fault: 'server-error', times: 4 });
    const answers = await Promise.allSettled([cache.get('MUG'), cache.get('MUG'), cache.getMany(['MUG'])]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    stores.proxy.clear();
    expect(await cache.get('MUG')).toMatchObject({ sku: 'MUG' });
  });
});
