import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openStores, productInput, soon, type TestStores } from '../test/stores.fixture.ts';

let stores: TestStores;
beforeEach(async () => {
  stores = await openStores();
});
afterEach(() => stores.close());

async function created(changes = {}) {
  const change = await stores.products.create('MUG', productInput(changes), soon());
  if (!change.written) throw new Error('The product was there already');
  return change.product;
}

describe('a product in the store', () => {
  test('is created once, in version 1, with all its units available', async () => {
    expect(await created()).toMatchObject({ sku: 'MUG', version: 1, available: 10, received: 10, active: true });
    const again = await stores.products.create('MUG', productInput({ received: 99 }), soon());
    expect(again).toMatchObject({ written: false, stored: { version: 1, received: 10 } });
  });

  test('keeps the units sold since it was seen when more are received', async () => {
    const seen = await created();
    const price = { amountMinor: 850, currency: 'GBP' };
    await stores.reservations.hold('ord_a', [{ sku: 'MUG', quantity: 4, price }], soon());
    const change = await stores.products.revise(seen, productInput({ received: 15 }), soon());
    expect(change).toMatchObject({ written: true, product: { version: 2, received: 15, available: 11 } });
  });

  test('cannot lose more units than are available', async () => {
    const seen = await created();
    const price = { amountMinor: 850, currency: 'GBP' };
    await stores.reservations.hold('ord_a', [{ sku: 'MUG', quantity: 4, price }], soon());
    const tooFew = await stores.products.revise(seen, productInput({ received: 3 }), soon());
    expect(tooFew).toMatchObject({ written: false, stored: { version: 1, available: 6 } });
    const enough = await stores.products.revise(seen, productInput({ received: 4 }), soon());
    expect(enough).toMatchObject({ written: true, product: { available: 0, received: 4 } });
  });

  test('is changed by one of two who saw the same version', async () => {
    const seen = await created();
    const changes = await Promise.all(
      [20, 30].map((received) => stores.products.revise(seen, productInput({ received }), soon())),
    );
    expect(changes.filter(({ written }) => written)).toHaveLength(1);
    const { received, available } = await stores.units('MUG');
    expect(available).toBe(received);
  });

  test('keeps its row and its units when it is retired, and has them when it is revived', async () => {
    await stores.products.retire(await created(), soon());
    const retired = await stores.products.read('MUG', soon());
    expect(retired).toMatchObject({ active: false, version: 2, available: 10, received: 10 });
    expect(retired).not.toHaveProperty('namePosition');
    const revived = retired && (await stores.products.revise(retired, productInput({ received: 12 }), soon()));
    expect(revived).toMatchObject({ written: true, product: { active: true, version: 3, available: 12 } });
  });

  test('is changed once though a transaction conflict or a lost answer made the write repeat', async () => {
    const seen = await created();
    stores.proxy.inject({ operation: 'UpdateItem', fault: 'conflict', times: 2 });
    stores.proxy.inject({ operation: 'UpdateItem', fault: 'lose-answer' });
    const change = await stores.products.revise(seen, productInput({ received: 15 }), soon());
    expect(change).toMatchObject({ written: true, product: { version: 2, available: 15 } });
    expect(await stores.units('MUG')).toMatchObject({ received: 15, available: 15 });
  });
});

describe('the categories', () => {
  test('are those of all products ever, each once, in order', async () => {
    expect(await stores.products.categories(soon())).toEqual([]);
    await stores.products.create('POT', productInput({ category: 'garden' }), soon());
    const mug = await created();
    await stores.products.create('CUP', productInput(), soon());
    await stores.products.revise(mug, productInput({ category: 'bath' }), soon());
    expect(await stores.products.categories(soon())).toEqual(['bath', 'garden', 'kitchen']);
  });

  test('cost a change within the same category no write', async () => {
    const seen = await created();
    const before = stores.proxy.calls().length;
    await stores.products.revise(seen, productInput({ name: 'Green mug' }), soon());
    expect(stores.proxy.calls().slice(before)).toHaveLength(1);
  });
});
