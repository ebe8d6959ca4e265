import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startCatalog, type TestCatalog } from './catalog.fixture.ts';
import { newOrderId, productInput, soon } from './stores.fixture.ts';

let catalog: TestCatalog;
let clock: number;
beforeEach(async () => {
  clock = 0;
  catalog = await startCatalog({ cacheClock: () => clock });
  await catalog.putProduct('MUG');
});
afterEach(() => catalog.stop());

/** A change by another task, which this one does not hear of. */
async function renameElsewhere(name: string) {
  const seen = await catalog.products.read('MUG', soon());
  if (seen) await catalog.products.revise(seen, productInput({ name }), soon());
}

describe('reading products', () => {
  test('asks the table once for a crowd', async () => {
    const before = catalog.proxy.calls().length;
    const answers = await Promise.all(Array.from({ length: 50 }, () => catalog.http.get('/v1/products/MUG')));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(catalog.proxy.calls().length - before).toBe(1);
  });

  test('shows a change by another task within a second', async () => {
    await catalog.http.get('/v1/products/MUG');
    await renameElsewhere('Green mug');
    clock = 999;
    expect((await catalog.http.get('/v1/products/MUG')).body.name).toBe('Blue mug');
    clock = 1000;
    expect((await catalog.http.get('/v1/products/MUG')).body.name).toBe('Green mug');
  });

  test('shows a change by this task at once', async () => {
    await catalog.http.get('/v1/products/MUG');
    await catalog.putProduct('MUG', { name: 'Green mug' }, '*');
    expect((await catalog.http.get('/v1/products/MUG')).body.name).toBe('Green mug');
    await catalog.deleteProduct('MUG', '*');
    expect((await catalog.http.get('/v1/products/MUG')).status).toBe(404);
    await catalog.putProduct('MUG');
    expect((await catalog.http.get('/v1/products/MUG')).status).toBe(200);
  });

  test('decides nothing about stock', async () => {
    await catalog.http.get('/v1/products/MUG');
    expect((await catalog.hold(newOrderId(), [{ sku: 'MUG', quantity: 10 }])).status).toBe(200);
    expect((await catalog.http.get('/v1/products/MUG')).body.available).toBe(10);
    expect((await catalog.hold(newOrderId(), [{ sku: 'MUG', quantity: 1 }])).status).toBe(409);
    await catalog.putProduct('MUG', { received: 11 }, '*');
    expect((await catalog.hold(newOrderId(), [{ sku: 'MUG', quantity: 1 }])).status).toBe(200);
  });
});
