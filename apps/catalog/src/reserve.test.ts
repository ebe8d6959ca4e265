import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { StorageUnavailable } from '@shop/dynamo';
import { serialRoundTrips } from '@shop/dynamo/testing';
import { newOrderId, openStores, productInput, soon, type TestStores } from '../test/stores.fixture.ts';
import { createProductCache } from './product-cache.ts';
import { release } from './release.ts';
import { type ReservePorts, reserve } from './reserve.ts';

let stores: TestStores;
let ports: ReservePorts;
beforeEach(async () => {
  stores = await openStores();
  const { products, reservations } = stores;
  // A clock that stands still: what the cache has seen it never reads again.
  const cache = createProductCache((skus) => products.readMany(skus, soon()), { now: () => 0 });
  ports = { products, reservations, cache };
  await products.create('MUG', productInput(), soon());
  await products.create('POT', productInput({ name: 'Pot', received: 3 }), soon());
});
afterEach(() => stores.close());

const gbp = { amountMinor: 850, currency: 'GBP' };

function hold(orderId: string, ...lines: [sku: string, quantity: number][]) {
  return reserve({ orderId, lines: lines.map(([sku, quantity]) => ({ sku, quantity })) }, ports, soon());
}

async function reprice(sku: string, amountMinor: number, currency = 'GBP') {
  const seen = await stores.products.read(sku, soon());
  if (!seen) throw new Error(`There is no ${sku}`);
  const { received } = seen;
  await stores.products.revise(seen, productInput({ price: { amountMinor, currency }, received }), soon());
}

async function retire(sku: string) {
  const seen = await stores.products.read(sku, soon());
  if (seen) await stores.products.retire(seen, soon());
}

describe('holding stock', () => {
  test('takes the units of every line, at the present prices', async () => {
    const orderId = newOrderId();
    expect(await hold(orderId, ['MUG', 4], ['POT', 3])).toEqual({
      outcome: 'held',
      orderId,
      lines: [
        { sku: 'MUG', quantity: 4, price: gbp },
        { sku: 'POT', quantity: 3, price: gbp },
      ],
    });
    expect(await stores.units('MUG')).toEqual({ received: 10, available: 6, held: 4 });
    expect(await stores.units('POT')).toEqual({ received: 3, available: 0, held: 3 });
  });

  test('is one round trip with the prices cached and two without, and costs 2(n + 1) write units', async () => {
    const before = stores.proxy.calls().length;
    await hold(newOrderId(), ['MUG', 1], ['POT', 1]);
    const first = stores.proxy.calls().slice(before);
    await hold(newOrderId(), ['MUG', 1], ['POT', 1]);
    const second = stores.proxy.calls().slice(before + first.length);
    expect([serialRoundTrips(first), serialRoundTrips(second)]).toEqual([2, 1]);
    // A transaction bills two units for each small item, and twice that again for each index that it touches.
    const [transaction] = second;
    expect(transaction?.itemCount).toBe(3);
    expect(transaction?.consumedCapacity?.every(({ GlobalSecondaryIndexes }) => !GlobalSecondaryIndexes)).toBe(true);
  });

  test('again for the same order gives the same hold, at the price of the first time', async () => {
    const orderId = newOrderId();
    const first = await hold(orderId, ['MUG', 4], ['POT', 1]);
    await reprice('MUG', 999);
    const again = await hold(orderId, ['POT', 1], ['MUG', 4]);
    expect(again).toEqual({ ...first, outcome: 'repeated' });
    expect(await stores.units('MUG')).toEqual({ received: 10, available: 6, held: 4 });
  });

  test.each<[string, [string, number][]]>([
    [
      'another quantity',
      [
        ['MUG', 5],
        ['POT', 1],
      ],
    ],
    [
      'another product',
      [
        ['MUG', 4],
        ['CUP', 1],
      ],
    ],
    ['a line less', [['MUG', 4]]],
    [
      'a line more',
      [
        ['MUG', 4],
        ['POT', 1],
        ['CUP', 1],
      ],
    ],
    [
      'more than there is',
      [
        ['MUG', 100],
        ['POT', 1],
      ],
    ],
  ])('for an order that holds already is not the same with %s', async (_, lines) => {
    await stores.products.create('CUP', productInput(), soon());
    const orderId = newOrderId();
    await hold(orderId, ['MUG', 4], ['POT', 1]);
    expect(await hold(orderId, ...lines)).toEqual({ outcome: 'other_lines' });
    expect(await stores.units('MUG')).toEqual({ received: 10, available: 6, held: 4 });
    expect(await stores.units('POT')).toEqual({ received: 3, available: 2, held: 1 });
    expect(await stores.units('CUP')).toEqual({ received: 10, available: 10, held: 0 });
  });

  test('takes the new price when the cached one is old, and remembers it', async () => {
    await hold(newOrderId(), ['MUG', 1]);
    await reprice('MUG', 999);
    const price = { amountMinor: 999, currency: 'GBP' };
    expect(await hold(newOrderId(), ['MUG', 1])).toMatchObject({ outcome: 'held', lines: [{ price }] });
    const before = stores.proxy.calls().length;
    expect(await hold(newOrderId(), ['MUG', 1])).toMatchObject({ outcome: 'held', lines: [{ price }] });
    expect(
      stores.proxy
        .calls()
        .slice(before)
        .map(({ operation }) => operation),
    ).toEqual(['BatchGetItem', 'TransactWriteItems']);
  });

  test('survives conflicts with other transactions', async () => {
    stores.proxy.inject({ operation: 'TransactWriteItems', fault: 'conflict', times: 3 });
    expect(await hold(newOrderId(), ['MUG', 1])).toMatchObject({ outcome: 'held' });
    expect(await stores.units('MUG')).toEqual({ received: 10, available: 9, held: 1 });
  });

  test('is held once when the answer of the transaction is lost', async () => {
    stores.proxy.inject({ operation: 'TransactWriteItems', fault: 'lose-answer' });
    expect(await hold(newOrderId(), ['MUG', 1])).toMatchObject({ outcome: 'held' });
    expect(await stores.units('MUG')).toEqual({ received: 10, available: 9, held: 1 });
  });

  test('is found by the next request when every answer of the first was lost', async () => {
    const orderId = newOrderId();
    stores.proxy.inject({ operation: 'TransactWriteItems', fault: 'lose-answer', times: Number.POSITIVE_INFINITY });
    await expect(hold(orderId, ['MUG', 1])).rejects.toThrow('reservation.hold');
    stores.proxy.clear();
    expect(await hold(orderId, ['MUG', 1])).toMatchObject({ outcome: 'repeated', lines: [{ sku: 'MUG', price: gbp }] });
    expect(await stores.units('MUG')).toEqual({ received: 10, available: 9, held: 1 });
  });
});

describe('a refusal', () => {
  test('for want of stock names the short lines and holds nothing', async () => {
    expect(await hold(newOrderId(), ['MUG', 4], ['POT', 4])).toEqual({
      outcome: 'refused',
      reason: 'out_of_stock',
      shortLines: [{ sku: 'POT', requested: 4, available: 3 }],
    });
    expect(await stores.units('MUG')).toEqual({ received: 10, available: 10, held: 0 });
  });

  test.each([
    ['out_of_stock', () => hold(newOrderId(), ['POT', 3])],
    ['not_for_sale', () => retire('POT')],
    ['mixed_currency', () => reprice('POT', 850, 'EUR')],
  ])('%s stays one when its cause is gone', async (reason, cause) => {
    await cause();
    const orderId = newOrderId();
    const refused = await hold(orderId, ['MUG', 1], ['POT', 1]);
    expect(refused).toMatchObject({ outcome: 'refused', reason });

    const pot = await stores.products.read('POT', soon());
    if (pot) await stores.products.revise(pot, productInput({ received: 100 }), soon());
    expect(await hold(newOrderId(), ['MUG', 1], ['POT', 1])).toMatchObject({ outcome: 'held' });
    expect(await hold(orderId, ['MUG', 1], ['POT', 1])).toEqual(refused);
    expect(await stores.units('POT')).toMatchObject({ received: 100 });
  });

  test('is written down before it is given, through conflicts and a lost answer', async () => {
    const orderId = newOrderId();
    stores.proxy.inject({ operation: 'PutItem', fault: 'conflict', times: 2 });
    stores.proxy.inject({ operation: 'PutItem', fault: 'lose-answer' });
    expect(await hold(orderId, ['POT', 4])).toMatchObject({ outcome: 'refused', reason: 'out_of_stock' });
    expect(await stores.reservations.read(orderId, soon())).toMatchObject({
      status: 'released',
      reason: 'out_of_stock',
    });
  });

  test('is not given when it cannot be written down', async () => {
    stores.proxy.inject({ operation: 'PutItem', fault: 'server-error', times: Number.POSITIVE_INFINITY });
    await expect(hold(newOrderId(), ['POT', 4])).rejects.toThrow('reservation.fence');
  });

  test('gives way to the hold that an earlier request for the order got', async () => {
    const orderId = newOrderId();
    await hold(orderId, ['POT', 3]);
    // Nothing is left, and the product is not even for sale: a refusal if it were not for the hold.
    await retire('POT');
    const again = await reserve(
      { orderId, lines: [{ sku: 'POT', quantity: 3 }] },
      { ...ports, cache: createProductCache((skus) => stores.products.readMany(skus, soon())) },
      soon(),
    );
    expect(again).toMatchObject({ outcome: 'repeated', lines: [{ sku: 'POT', quantity: 3 }] });
  });

  test('is never the cache’s: what it does not know may have come, what it knows may have changed', async () => {
    expect(await ports.cache.get('NEW')).toBeUndefined();
    await stores.products.create('NEW', productInput(), soon());
    expect(await hold(newOrderId(), ['NEW', 1])).toMatchObject({ outcome: 'held' });

    await reprice('POT', 850, 'EUR');
    await ports.cache.get('POT');
    await reprice('POT', 850, 'GBP');
    expect(await hold(newOrderId(), ['MUG', 1], ['POT', 1])).toMatchObject({ outcome: 'held' });
  });

  test('or a hold, as far as stock goes, is not the cache’s either', async () => {
    await hold(newOrderId(), ['POT', 3]);
    expect(await ports.cache.get('POT')).toMatchObject({ available: 3 });
    expect(await hold(newOrderId(), ['POT', 1])).toMatchObject({ outcome: 'refused', reason: 'out_of_stock' });

    const pot = await stores.products.read('POT', soon());
    if (pot) await stores.products.revise(pot, productInput({ received: 9 }), soon());
    expect(await hold(newOrderId(), ['POT', 6])).toMatchObject({ outcome: 'held' });
  });

  test('meets a product that is retired after its price was read', async () => {
    await ports.cache.get('POT');
    await retire('POT');
    expect(await hold(newOrderId(), ['POT', 1])).toEqual({
      outcome: 'refused',
      reason: 'not_for_sale',
      shortLines: [{ sku: 'POT', requested: 1, available: 0 }],
    });
  });

  test('does not follow from contention: at the deadline the outcome is open', async () => {
    stores.proxy.inject({ operation: 'TransactWriteItems', fault: 'conflict', times: Number.POSITIVE_INFINITY });
    const lines = [{ sku: 'MUG', quantity: 1 }];
    const orderId = newOrderId();
    await expect(reserve({ orderId, lines }, ports, Date.now() + 300)).rejects.toThrow(StorageUnavailable);
    expect(await stores.reservations.read(orderId, soon())).toBeUndefined();
  });
});

describe('giving stock back', () => {
  test('returns the units once, however often it is asked', async () => {
    const orderId = newOrderId();
    await hold(orderId, ['MUG', 4], ['POT', 3]);
    const answers = await Promise.all(Array.from({ length: 5 }, () => release(orderId, stores.reservations, soon())));
    expect(answers.filter((answer) => answer === 'returned')).toHaveLength(1);
    expect(await release(orderId, stores.reservations, soon())).toBe('repeated');
    expect(await stores.units('MUG')).toEqual({ received: 10, available: 10, held: 0 });
    expect(await stores.units('POT')).toEqual({ received: 3, available: 3, held: 0 });
  });

  test('fences a request to hold that arrives late', async () => {
    const orderId = newOrderId();
    expect(await release(orderId, stores.reservations, soon())).toBe('fenced');
    expect(await hold(orderId, ['MUG', 1])).toEqual({ outcome: 'refused', reason: 'released', shortLines: [] });
    expect(await stores.units('MUG')).toEqual({ received: 10, available: 10, held: 0 });
  });

  test('fences also a request that held before', async () => {
    const orderId = newOrderId();
    await hold(orderId, ['MUG', 1]);
    await release(orderId, stores.reservations, soon());
    expect(await hold(orderId, ['MUG', 1])).toEqual({ outcome: 'refused', reason: 'released', shortLines: [] });
  });

  test('returns units of a product that is no longer for sale', async () => {
    const orderId = newOrderId();
    await hold(orderId, ['MUG', 4]);
    await retire('MUG');
    expect(await release(orderId, stores.reservations, soon())).toBe('returned');
    expect(await stores.units('MUG')).toEqual({ received: 10, available: 10, held: 0 });
  });

  test('survives conflicts and lost answers', async () => {
    const [held, never] = [newOrderId(), newOrderId()];
    await hold(held, ['MUG', 4]);
    for (const operation of ['TransactWriteItems', 'PutItem']) {
      stores.proxy.inject({ operation, fault: 'conflict', times: 3 });
      stores.proxy.inject({ operation, fault: 'lose-answer' });
    }
    expect(await release(held, stores.reservations, soon())).toBe('returned');
    expect(await release(never, stores.reservations, soon())).toBe('fenced');
    expect(await stores.units('MUG')).toEqual({ received: 10, available: 10, held: 0 });
  });

  test('never makes a row for a product that has none', async () => {
    const orderId = newOrderId();
    await stores.reservations.hold(orderId, [], soon());
    const ghost = { orderId, status: 'held' as const, version: 1, lines: [{ sku: 'GHOST', quantity: 1, price: gbp }] };
    await expect(stores.reservations.release(ghost, soon())).rejects.toThrow('no row');
    expect(await stores.products.read('GHOST', soon())).toBeUndefined();
  });

  test('leaves a tombstone that expires after thirty days, and a hold never expires', async () => {
    const [held, released] = [newOrderId(), newOrderId()];
    await hold(held, ['MUG', 1]);
    await release(released, stores.reservations, soon());
    expect(await stores.reservations.read(held, soon())).not.toHaveProperty('ttl');
    const { ttl } = (await stores.reservations.read(released, soon())) as { ttl?: number };
    expect(Math.abs(Number(ttl) - (Date.now() / 1000 + 30 * 24 * 3600))).toBeLessThan(60);
  });
});
