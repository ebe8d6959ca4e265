import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Customer } from './src/customer.ts';
import { reconcile } from './src/reconcile.ts';
import { type Shop, startShop } from './src/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(async () => {
  expect(await reconcile(shop)).toMatchObject({ exitCode: 0 });
  await shop.stop();
});

/** Orders, and waits until the order is settled: a slow machine may answer 202 before. */
async function placed(buyer: Customer, ...order: Parameters<Customer['order']>) {
  const { body } = await buyer.order(...order);
  return buyer.settled(body.orderId);
}

describe('cancelling', () => {
  test('a confirmed order gives back the money and the stock', async () => {
    await shop.stock('CONFIRMED');
    const buyer = shop.customer();
    const body = await placed(buyer, { CONFIRMED: 3 });
    expect([200, 202]).toContain((await buyer.cancel(body.orderId)).status);
    expect(await buyer.settled(body.orderId)).toMatchObject({ status: 'cancelled' });
    expect(await shop.charges(body.orderId)).toEqual([
      expect.objectContaining({ amountMinor: 750, refundedMinor: 750 }),
    ]);
    await shop.catalogShows('CONFIRMED', 10);
  });

  test('an open order keeps nothing, whether or not the gateway had been asked', async () => {
    await shop.stock('OPEN');
    const buyer = shop.customer();
    await shop.gateway.stop('SIGKILL');
    const { status, body } = await buyer.order({ OPEN: 3 });
    expect(status).toBe(202);
    expect((await buyer.cancel(body.orderId)).status).toBe(202);
    await shop.gateway.start();
    expect(await buyer.settled(body.orderId)).toMatchObject({ status: 'cancelled' });
    for (const { amountMinor, refundedMinor, status: charged } of await shop.charges(body.orderId)) {
      if (charged === 'succeeded') expect(refundedMinor).toBe(amountMinor);
    }
    await shop.catalogShows('OPEN', 10);
  });

  test('an order whose payment was never asked for fences the payment', async () => {
    await shop.stock('EARLY');
    const buyer = shop.customer();
    await shop.payment.stop('SIGKILL');
    const { body } = await buyer.order({ EARLY: 1 });
    await buyer.cancel(body.orderId);
    await shop.payment.start();
    expect(await buyer.settled(body.orderId)).toMatchObject({ status: 'cancelled' });
    expect(await shop.charges(body.orderId)).toEqual([]);
  });

  test('twice at once, and again later, refunds once and answers the same', async () => {
    await shop.stock('TWICE');
    const buyer = shop.customer();
    const body = await placed(buyer, { TWICE: 2 });
    const both = await Promise.all([buyer.cancel(body.orderId), buyer.cancel(body.orderId)]);
    expect(both.every(({ status }) => status === 200 || status === 202)).toBe(true);
    await buyer.settled(body.orderId).then((order) => expect(order.status).toBe('cancelled'));
    expect(await buyer.cancel(body.orderId)).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(await shop.charges(body.orderId)).toEqual([
      expect.objectContaining({ amountMinor: 500, refundedMinor: 500 }),
    ]);
    await shop.catalogShows('TWICE', 10);
  });

  test('a rejected order is refused', async () => {
    await shop.stock('DECLINED');
    const buyer = shop.customer();
    const body = await placed(buyer, { DECLINED: 1 }, { paymentMethod: 'pm_decline' });
    expect(await buyer.cancel(body.orderId)).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_CANCELLABLE' },
    });
  });

  test("another customer's order cannot be seen, read or cancelled", async () => {
    await shop.stock('MINE');
    const { body } = await shop.customer().order({ MINE: 1 });
    const stranger = shop.customer();
    for (const answer of [
      await stranger.read(body.orderId),
      await stranger.cancel(body.orderId),
      await stranger.get(`/v1/payments/${body.paymentId}`),
    ]) {
      expect(answer.status).toBe(404);
    }
    expect((await stranger.get<{ items: unknown[] }>('/v1/orders')).body.items).toEqual([]);
  });

  test('the first answer of a key does not change when the order is cancelled later', async () => {
    await shop.stock('LATER');
    const buyer = shop.customer();
    const body = await placed(buyer, { LATER: 1 }, { key: 'later' });
    await buyer.cancel(body.orderId);
    const repeat = await buyer.order({ LATER: 1 }, { key: 'later' });
    expect(repeat.status).toBe(201);
    expect(repeat.headers.get('idempotent-replayed')).toBe('true');
  });
});
