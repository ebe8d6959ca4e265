import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestShop, newOrderId, type TestShop } from './test-shop.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await createTestShop();
});
afterEach(() => shop.stop());

/** `kind id` of each difference. */
async function differences(): Promise<string[]> {
  const report = await shop.reconcile();
  expect(report.undecided.count).toBe(0);
  expect(report.outcome).toBe(report.differences.count === 0 ? 'clean' : 'different');
  return report.differences.examples.map(({ kind, id }) => `${kind} ${id}`).sort();
}

test('a shop in which everything agrees is clean, and its sales are counted', async () => {
  await shop.product({ available: 6, received: 10 });
  await shop.put('products', { sku: '#categories', names: new Set(['kitchen']) });
  for (let sale = 0; sale < 2; sale += 1) await shop.sale();
  for (let cancelled = 0; cancelled < 3; cancelled += 1) await shop.cancelledSale();
  expect(await shop.reconcile()).toMatchObject({
    outcome: 'clean',
    checked: { products: 1, reservations: 5, orders: 5, payments: 5, charges: 5 },
    leftOut: 0,
    confirmed: [{ currency: 'GBP', orders: 2, amountMinor: 1800 }],
    differences: { count: 0 },
    undecided: { count: 0 },
  });
});

describe('it finds', () => {
  test('units that were lost', async () => {
    await shop.product({ available: 7, received: 10 });
    await shop.sale();
    expect(await differences()).toEqual(['product-lost MUG']);
  });

  test('units that were sold twice', async () => {
    await shop.product({ available: 9, received: 10 });
    await shop.sale();
    expect(await differences()).toEqual(['product-oversold MUG']);
  });

  test('stock below zero, though the sum is right', async () => {
    await shop.product({ available: -1, received: 1 });
    await shop.sale();
    expect(await differences()).toEqual(['product-oversold MUG']);
  });

  test('units held of a product that is not there', async () => {
    await shop.sale();
    expect(await differences()).toEqual(['product-oversold MUG']);
  });

  test('a hold, a payment and a charge of no order', async () => {
    await shop.product({ available: 8, received: 10 });
    const { orderId } = await shop.sale();
    await shop.remove('orders', { orderId });
    expect(await differences()).toEqual([
      `charge-surplus ${orderId}`,
      `payment-orphan ${orderId}`,
      `reservation-orphan ${orderId}`,
    ]);
  });

  test('a confirmed order without hold, payment or charge', async () => {
    const orderId = newOrderId();
    await shop.order({ orderId, total: { amountMinor: 900, currency: 'GBP' }, chargeId: 'ch_lost' });
    expect(await differences()).toEqual([
      `charge-missing ${orderId}`,
      `payment-missing ${orderId}`,
      `stock-missing ${orderId}`,
    ]);
  });

  test('a confirmed order whose hold was given back, has other lines, or another price', async () => {
    await shop.product({ available: 6, received: 10 });
    const [released, other, cheaper] = [await shop.sale(), await shop.sale(), await shop.sale()];
    await shop.reservation({ ...released, status: 'released', version: 2 });
    const price = { amountMinor: 450, currency: 'GBP' };
    await shop.reservation({
      ...other,
      lines: [
        { sku: 'MUG', quantity: 2, price },
        { sku: 'JUG', quantity: 1, price },
      ],
    });
    await shop.reservation({ ...cheaper, lines: [{ sku: 'MUG', quantity: 2, price: { ...price, amountMinor: 449 } }] });
    await shop.put('products', { sku: 'JUG', available: 0, received: 1 });
    expect(await differences()).toEqual(
      [`stock-missing ${released.orderId}`, `stock-missing ${other.orderId}`, `total-wrong ${cheaper.orderId}`].sort(),
    );
  });

  test.each([{ amountMinor: 899 }, { currency: 'EUR' }, { refundedMinor: 1 }, { status: 'declined' }])(
    'a confirmed order whose charge is another: %j',
    async (fields) => {
      await shop.product({ available: 8, received: 10 });
      const { orderId } = await shop.sale();
      Object.assign(shop.gateway.charges[0] ?? {}, fields);
      expect(await differences()).toEqual([`charge-missing ${orderId}`]);
    },
  );

  test.each([
    { amount: { amountMinor: 899, currency: 'GBP' } },
    { status: 'refunded' },
    { status: 'intended' },
  ] as const)('a confirmed order whose payment is another: %j', async (fields) => {
    await shop.product({ available: 8, received: 10 });
    const { orderId } = await shop.sale();
    await shop.payment({ orderId, ...fields });
    expect(await differences()).toEqual([`payment-missing ${orderId}`]);
  });

  test('a second charge of a confirmed order', async () => {
    await shop.product({ available: 8, received: 10 });
    const { orderId } = await shop.sale();
    shop.charge(orderId);
    expect(await differences()).toEqual([`charge-surplus ${orderId}`]);
  });

  test('a refund of more than was charged', async () => {
    await shop.product();
    const { orderId } = await shop.cancelledSale();
    Object.assign(shop.gateway.charges[0] ?? {}, { refundedMinor: 901 });
    expect(await differences()).toEqual([`refund-surplus ${orderId}`]);
  });

  test.each(['rejected', 'cancelled'] as const)('stock and money kept for an order that was %s', async (status) => {
    await shop.product({ available: 8, received: 10 });
    const { orderId } = await shop.sale();
    await shop.order({ orderId, status, version: 4 });
    expect(await differences()).toEqual([
      `charge-surplus ${orderId}`,
      `payment-kept ${orderId}`,
      `stock-kept ${orderId}`,
    ]);
  });

  test('an order that is open for too long, though recovery leases it again and again', async () => {
    const [stale, fresh] = [newOrderId(), newOrderId()];
    const startedAt = 10_000_000;
    let version = 20;
    const lease = () =>
      shop.order({ orderId: stale, status: 'refunding', version: version++, openSince: startedAt - 60_001 });
    await lease();
    // Placed long ago, but opened again a moment ago by its cancellation.
    await shop.order({ orderId: fresh, status: 'refunding', version: 3, openSince: startedAt - 60_000 });
    const report = await shop.reconcile({ now: () => startedAt, onPause: lease });
    expect(report.differences.examples).toMatchObject([{ kind: 'open-too-long', id: stale }]);
  });
});

test('orders placed since the start are left to the next run', async () => {
  await shop.order({ orderId: newOrderId(), createdAt: Date.now() + 60_000 });
  expect(await shop.reconcile()).toMatchObject({ outcome: 'clean', leftOut: 1, checked: { orders: 0 } });
});

test('what is only kept open, declined or fenced is no difference', async () => {
  const [pending, declined, soldOut] = [newOrderId(), newOrderId(), newOrderId()];
  await shop.product({ available: 8, received: 10 });
  await shop.order({ orderId: pending, status: 'pending', version: 1, openSince: Date.now() });
  await shop.reservation({ orderId: pending });
  await shop.payment({ orderId: pending, status: 'intended', version: 1 });
  shop.charge(pending);
  await shop.order({ orderId: declined, status: 'rejected' });
  await shop.reservation({ orderId: declined, status: 'released', version: 2 });
  await shop.payment({ orderId: declined, status: 'declined' });
  shop.charge(declined, { status: 'declined' });
  await shop.order({ orderId: soldOut, status: 'rejected' });
  await shop.reservation({ orderId: soldOut, status: 'released', lines: [] });
  expect(await differences()).toEqual([]);
});
