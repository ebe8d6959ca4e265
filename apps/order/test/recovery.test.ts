import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import { newOrder, type Order, type OrderRequest } from '../src/order.ts';
import { mugs, openShop, type Shop, shortLease } from './shop.ts';
import { busy, forever } from './stand-ins.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
  shop.catalog.stock.set('MUG', 100);
});
afterEach(() => shop.close());

/** A call that hangs is not given up while the test runs. */
const patient = { LEASE_MS: 60_000, PASS_BUDGET_MS: 59_000, DRAIN_MS: 1 };
const stockLeft = () => shop.catalog.stock.get('MUG');
const price = { amountMinor: 255, currency: 'GBP' };

/** An order as a process left it that died: its lease is over. */
function orphan(idempotencyKey: string, found: Partial<Order> = {}): Order {
  const request: OrderRequest = { customerId: 'ada', idempotencyKey, input: mugs() };
  return { ...newOrder(request, Date.now() - 6000, Date.now() - 1000), ...found };
}

describe('what a dead process leaves is finished by another', () => {
  const held = ({ orderId }: Order) => {
    shop.catalog.reservations.set(orderId, { status: 'held', lines: [{ sku: 'MUG', quantity: 1, price }] });
    shop.catalog.stock.set('MUG', 99);
  };
  const charged = (order: Order) => {
    held(order);
    shop.payment.payments.set(order.orderId, { result: { status: 'succeeded', chargeId: 'ch_1' }, amountMinor: 255 });
  };
  const fenced = ({ orderId }: Order) => {
    const shortLines = [{ sku: 'MUG', requested: 1, available: 0 }];
    shop.catalog.reservations.set(orderId, { status: 'released', reason: 'out_of_stock', shortLines });
  };
  const declined = { status: 'releasing', outcome: 'rejected', reason: 'payment_declined' } as const;

  test.each<[string, Partial<Order>, (order: Order) => void, string, number]>([
    ['nothing done but the first write', {}, () => {}, 'confirmed', 99],
    ['the refusal of the stock recorded', {}, fenced, 'rejected', 100],
    ['the stock held', {}, held, 'confirmed', 99],
    ['the money taken', {}, charged, 'confirmed', 99],
    ['the decline recorded', declined, held, 'rejected', 100],
    ['a cancellation asked for', { cancelRequested: true }, charged, 'cancelled', 100],
    ['a refund begun', { status: 'refunding', outcome: 'cancelled' }, charged, 'cancelled', 100],
  ])('with %s', async (_what, found, happened, status, left) => {
    const order = orphan('key', found);
    happened(order);
    await shop.store.create(order, Date.now() + 1000);
    const process = await shop.start();
    await until(`the order is ${status}`, () => shop.stored(order.orderId), {
      fits: (stored) => stored.status === status,
    });
    expect(await shop.stored(order.orderId)).not.toHaveProperty('dueAt');
    expect(await shop.stored(order.orderId)).not.toHaveProperty('paymentMethod');
    expect(stockLeft()).toBe(left);
    expect(shop.payment.kept()).toHaveLength(status === 'confirmed' ? 1 : 0);
    expect(await process.metric('saga_recoveries_total')).toBe(1);
  });

  test('once, however many processes look', async () => {
    const orders = Array.from({ length: 30 }, (_, index) => orphan(`key-${index}`));
    await Promise.all(orders.map((order) => shop.store.create(order, Date.now() + 1000)));
    const processes = await Promise.all([shop.start(), shop.start(), shop.start()]);
    await until('all are charged', () => shop.payment.kept().length, { fits: (charges) => charges === 30 });
    for (const { orderId } of orders) await processes[0].as('ada').until(orderId, 'confirmed');
    const taken = await Promise.all(processes.map((process) => process.metric('saga_recoveries_total')));
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(30);
    expect(shop.payment.charges).toHaveLength(30);
  });
});

describe('a peer that is away', () => {
  test('delays an order, which is confirmed when the peer is back', async () => {
    const ada = (await shop.start()).as('ada');
    shop.catalog.scripts.reserve = () => busy();
    const answer = await ada.place(mugs(), 'away');
    expect(answer).toMatchObject({ status: 202, body: { status: 'pending' } });
    expect(answer.headers.get('location')).toBe(`/v1/orders/${answer.body.orderId}`);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await ada.place(mugs(), 'away')).toMatchObject({ status: 202, body: { orderId: answer.body.orderId } });

    delete shop.catalog.scripts.reserve;
    await ada.until(answer.body.orderId, 'confirmed');
    expect(await ada.place(mugs(), 'away')).toMatchObject({ status: 201 });
  });

  test('that hangs gives the order free when its lease is over', async () => {
    const ada = (await shop.start(shortLease)).as('ada');
    shop.payment.scripts.charge = (attempt) => (attempt === 1 ? forever() : undefined);
    const { status, body } = await ada.place();
    expect(status).toBe(202);
    await ada.until(body.orderId, 'confirmed');
    expect(shop.payment.charges.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  test('that needs longer than the first passes allow is given more time', async () => {
    const ada = (await shop.start(shortLease)).as('ada');
    shop.payment.scripts.charge = async () => void (await sleep(700));
    const { body } = await ada.place();
    await ada.until(body.orderId, 'confirmed');
    expect((await shop.stored(body.orderId)).attempt).toBeGreaterThanOrEqual(4);
    expect(shop.payment.kept()).toHaveLength(1);
  });

  test('for one order holds up no other', async () => {
    const stuck = orphan('stuck');
    const others = Array.from({ length: 5 }, (_, index) => orphan(`key-${index}`));
    for (const order of [stuck, ...others]) await shop.store.create(order, Date.now() + 1000);
    shop.payment.scripts.chargeOf = (orderId) => (orderId === stuck.orderId ? forever() : undefined);
    const ada = (await shop.start({ RECOVERY_POOL_SIZE: 2, ...patient })).as('ada');
    for (const { orderId } of others) await ada.until(orderId, 'confirmed');
    expect((await ada.read(stuck.orderId)).body.status).toBe('pending');
  });
});

describe('an order that the gateway refuses by our own fault', () => {
  test('is parked, counted and not dropped', async () => {
    const process = await shop.start();
    shop.payment.scripts.charge = () => busy('PAYMENT_GATEWAY_REFUSED');
    const { status, body } = await process.as('ada').place();
    expect(status).toBe(202);
    const stored = await until('the order is parked', () => shop.stored(body.orderId), {
      fits: ({ version }) => version === 2,
    });
    expect((stored.dueAt ?? 0) - Date.now()).toBeGreaterThan(590_000);
    expect(stored).toMatchObject({ status: 'pending', paymentMethod: 'pm_approve' });
    expect(await process.metric('orders_parked_total')).toBe(1);
  });
});

describe('the figures of open orders', () => {
  test('show one that is stuck, and how old it is, until it is settled', async () => {
    const order = orphan('stuck', { attempt: 11, openSince: Date.now() - 60_000 });
    await shop.store.create(order, Date.now() + 1000);
    shop.payment.scripts.charge = () => busy();
    const process = await shop.start();
    const figures = () => process.metrics('orders_open', 'orders_stuck', 'orders_oldest_open_age_seconds');
    const shown = await until('the order is stuck', figures, { fits: ([, stuck]) => stuck === 1 });
    expect(shown[0]).toBe(1);
    expect(shown[2]).toBeGreaterThan(59);

    delete shop.payment.scripts.charge;
    await until('none is open', figures, { fits: (now) => now.every((figure) => figure === 0) });
    expect(await process.metric('orders_total{outcome="confirmed"}')).toBe(1);
    expect(await process.metric('order_amount_minor_total{currency="GBP"}')).toBe(255);
  });
});
