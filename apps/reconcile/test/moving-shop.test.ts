import type { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Dynamo } from '@shop/dynamo';
import { createTestShop, type Tables, type TestShop } from './test-shop.ts';
import { createTraffic } from './traffic.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await createTestShop();
});
afterEach(() => shop.stop());

/** The job's client, with something happening after each page, and each batch, that it reads of a table. */
function afterReads(table: Tables, happen: () => Promise<unknown>, { batches = true } = {}) {
  return (dynamo: Dynamo): Pick<Dynamo, 'read' | 'batchGet'> => ({
    batchGet: async (name, keys, deadlineAt, options) => {
      const items = await dynamo.batchGet(name, keys, deadlineAt, options);
      if (batches && name === shop.names[table]) await happen();
      return items as never;
    },
    read: (async (command: ScanCommand, deadlineAt: number) => {
      const page = await dynamo.read(command, deadlineAt);
      if (command.input.TableName === shop.names[table]) await happen();
      return page;
    }) as Dynamo['read'],
  });
}

test.each(['reservations', 'products', 'orders', 'payments'] as const)(
  'a shop that sells and cancels between any two reads of its %s is never found wrong',
  async (table) => {
    await shop.product({ available: 1000, received: 1000 });
    const trade = createTraffic(shop);
    for (let sale = 0; sale < 10; sale += 1) await trade();
    const report = await shop.reconcile({ around: afterReads(table, trade) });
    expect(report.differences).toMatchObject({ count: 0, examples: [] });
    expect(report.outcome).toBe(report.undecided.count > 0 ? 'undecided' : 'clean');
    expect((await shop.reconcile()).outcome).toBe('clean');
  },
);

test('an order that is cancelled while its parts are read is clean', async () => {
  await shop.product();
  const { orderId } = await shop.sale();
  await shop.product({ available: 8 });
  let cancelled = false;
  const cancel = async () => {
    if (cancelled) return;
    cancelled = true;
    for (const charge of shop.gateway.charges) charge.refundedMinor = charge.amountMinor;
    await shop.cancelledSale(orderId, { charged: true });
    await shop.product();
  };
  expect(await shop.reconcile({ around: afterReads('orders', cancel, { batches: false }) })).toMatchObject({
    outcome: 'clean',
  });
  expect(cancelled).toBe(true);
});

test('an order that looks wrong and moves each time it is read is undecided', async () => {
  await shop.product();
  const { orderId } = await shop.cancelledSale();
  let version = 10;
  const move = () => shop.order({ orderId, status: 'rejected', version: version++ });
  shop.charge(orderId);
  expect(await shop.reconcile({ onPause: move })).toMatchObject({
    outcome: 'undecided',
    differences: { count: 0 },
    undecided: { count: 1, examples: [{ kind: 'charge-surplus', id: orderId }] },
  });
});

test('a product that has lost a unit and is sold in every round is undecided', async () => {
  await shop.product({ available: 999, received: 1000 });
  const trade = createTraffic(shop);
  await trade();
  const report = await shop.reconcile({ onPause: trade });
  expect(report).toMatchObject({ outcome: 'undecided', undecided: { kinds: { 'product-lost': 1 } } });
  expect(await shop.reconcile()).toMatchObject({ outcome: 'different', differences: { kinds: { 'product-lost': 1 } } });
});
