import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openStores, productInput, soon, type TestStores } from '../test/stores.fixture.ts';
import { sampleProducts } from './sample-products.ts';
import { seedProducts } from './seed.ts';

let stores: TestStores;
beforeEach(async () => {
  stores = await openStores();
});
afterEach(() => stores.close());

describe('seeding', () => {
  test('fills an empty shop once', async () => {
    expect(await seedProducts(stores.products, soon())).toBe(sampleProducts.length);
    expect(await seedProducts(stores.products, soon())).toBe(0);
    expect(await stores.products.categories(soon())).toContain('stationery');
  });

  test('leaves alone what was changed or deleted', async () => {
    const [first, second] = sampleProducts;
    if (!first || !second) throw new Error('There are no samples');
    await stores.products.create(first.sku, productInput({ name: 'Ours', received: 2 }), soon());
    const created = await stores.products.create(second.sku, productInput(), soon());
    if (created.written) await stores.products.retire(created.product, soon());
    expect(await seedProducts(stores.products, soon())).toBe(sampleProducts.length - 2);
    expect(await stores.products.read(first.sku, soon())).toMatchObject({ name: 'Ours', available: 2 });
    expect(await stores.products.read(second.sku, soon())).toMatchObject({ active: false });
  });
});
