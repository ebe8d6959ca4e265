import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import { mugs, openShop, type Shop } from './shop.ts';
import { busy, forever } from './stand-ins.ts';

type Process = Awaited<ReturnType<Shop['start']>>;

let shop: Shop;
let ada: ReturnType<Process['as']>;
let bob: ReturnType<Process['as']>;
beforeAll(async () => {
  shop = await openShop();
  const process = await shop.start();
  ada = process.as('ada');
  bob = process.as('bob');
});
beforeEach(() => {
  shop.catalog.stock.set('MUG', 10);
});
afterEach(() => {
  for (const scripts of [shop.catalog.scripts, shop.payment.scripts]) {
    for (const name of Object.keys(scripts)) delete (scripts as Record<string, unknown>)[name];
  }
});
afterAll(() => shop.close());

const stockLeft = () => shop.catalog.stock.get('MUG');
const keptFor = (orderId: string) => shop.payment.payments.get(orderId)?.result.status === 'succeeded';

describe('cancelling a confirmed order', () => {
  test('gives money and stock back at once', async () => {
    const { body } = await ada.place(mugs(3));
    expect(stockLeft()).toBe(7);
    const answer = await ada.cancel(body.orderId);
    expect(answer).toMatchObject({ status: 200, body: { orderId: body.orderId, status: 'cancelled' } });
    expect([stockLeft(), keptFor(body.orderId)]).toEqual([10, false]);
  });

  test('does not change what the request to place it is told', async () => {
    const first = await ada.place(mugs(), 'confirmed-first');
    await ada.cancel(first.body.orderId);
    expect(await ada.place(mugs(), 'confirmed-first')).toMatchObject({ status: 201, body: first.body });
    expect((await ada.read(first.body.orderId)).body.status).toBe('cancelled');
  });

  test('twice at once is the same as once', async () => {
    const { body } = await ada.place(mugs(2));
    const answers = await Promise.all([ada.cancel(body.orderId), ada.cancel(body.orderId)]);
    for (const { status } of answers) expect([200, 202]).toContain(status);
    expect(await ada.cancel(body.orderId)).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(stockLeft()).toBe(10);
  });

  test('is accepted while payment is away, and done when it is back', async () => {
    const { body } = await ada.place();
    shop.payment.scripts.refund = () => busy();
    const answer = await ada.cancel(body.orderId);
    expect(answer).toMatchObject({ status: 202, body: { status: 'refunding' } });
    expect(answer.headers.get('location')).toBe(`/v1/orders/${body.orderId}`);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await ada.cancel(body.orderId)).toMatchObject({ status: 202 });

    delete shop.payment.scripts.refund;
    await ada.until(body.orderId, 'cancelled');
    expect([stockLeft(), keptFor(body.orderId)]).toEqual([10, false]);
  });
});

describe('cancelling a pending order', () => {
  test('that nobody has charged yet fences the charge off', async () => {
    shop.payment.scripts.charge = () => busy();
    const placed = await ada.place(mugs(2), 'never-charged');
    expect(placed).toMatchObject({ status: 202, body: { status: 'pending' } });

    expect(await ada.cancel(placed.body.orderId)).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(shop.payment.payments.get(placed.body.orderId)?.result.status).toBe('voided');
    expect(stockLeft()).toBe(10);
    const again = await ada.place(mugs(2), 'never-charged');
    expect(again).toMatchObject({ status: 409, body: { code: 'ORDER_CANCELLED', orderId: placed.body.orderId } });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  test('while its charge is under way gives that charge back, and tells both who wait', async () => {
    const gate = Promise.withResolvers<undefined>();
    shop.payment.scripts.charged = () => gate.promise;
    const placing = ada.place(mugs(2), 'charge-under-way');
    const charge = await until('the charge is kept', () => shop.payment.charges.at(-1), {
      fits: (last) => last !== undefined && keptFor(last.orderId),
    });
    const { orderId } = charge;
    expect(await ada.cancel(orderId)).toMatchObject({ status: 200, body: { status: 'cancelled' } });

    gate.resolve(undefined);
    expect(await placing).toMatchObject({ status: 409, body: { code: 'ORDER_CANCELLED' } });
    expect([stockLeft(), keptFor(orderId)]).toEqual([10, false]);
    expect(await shop.stored(orderId)).not.toHaveProperty('paymentMethod');
  });

  test('while the refund hangs answers within the budget', async () => {
    shop.payment.scripts.charge = () => busy();
    const { body } = await ada.place();
    shop.payment.scripts.refund = forever;
    const startedAt = performance.now();
    const answer = await ada.cancel(body.orderId);
    expect(answer).toMatchObject({ status: 202, body: { status: 'refunding' } });
    expect(performance.now() - startedAt).toBeLessThan(3500);
    expect((await shop.stored(body.orderId)).paymentMethod).toBe('pm_approve');
  });
});

describe('an order that has failed cannot be cancelled', () => {
  test('when it was rejected for lack of stock', async () => {
    const { body } = await ada.place(mugs(11));
    expect(await ada.cancel(body.orderId)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_CANCELLABLE' } });
  });

  test('when its payment was declined and its stock is still on the way back', async () => {
    shop.catalog.scripts.release = () => busy();
    const { body } = await ada.place(mugs(1, 'pm_decline'));
    expect((await shop.stored(body.orderId)).status).toBe('releasing');
    expect((await ada.read(body.orderId)).body).toMatchObject({ status: 'rejected', reason: 'payment_declined' });
    expect(await ada.cancel(body.orderId)).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_CANCELLABLE' } });
    delete shop.catalog.scripts.release;
    await until('the stock is back', stockLeft, { fits: (left) => left === 10 });
  });
});

test("another customer's order cannot be cancelled, nor one that never was", async () => {
  const { body } = await ada.place();
  const unknown = { status: 404, body: { code: 'ORDER_NOT_FOUND' } };
  expect(await bob.cancel(body.orderId)).toMatchObject(unknown);
  expect(await ada.cancel(`ord_${'a'.repeat(26)}`)).toMatchObject(unknown);
  expect((await ada.read(body.orderId)).body.status).toBe('confirmed');
});
