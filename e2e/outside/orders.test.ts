import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Order, OrderPage } from '@shop/contracts/order';
import type { Payment } from '@shop/contracts/payment';
import { until } from '@shop/testing/until';
import type { Answer, Customer } from '../src/customer.ts';
import { expectProblem } from '../src/expect-problem.ts';
import { nextOf } from '../src/next-page.ts';
import { openTarget, type Target } from '../src/target.ts';

let shop: Target;
let buyer: Customer;
beforeAll(async () => {
  shop = await openTarget();
  buyer = shop.customer();
});
afterAll(() => shop?.close());

const paymentOf = async ({ paymentId }: Order) => (await buyer.get<Payment>(`/v1/payments/${paymentId}`)).body;
const pounds = (amountMinor: number) => ({ amountMinor, currency: 'GBP' });

describe('an order', () => {
  test('is confirmed, paid and taken from the stock', async () => {
    const sku = await shop.shelf.add();
    const { status, headers, body } = await buyer.place({ [sku]: 3 });
    expect([status, body]).toMatchObject([
      201,
      { status: 'confirmed', lines: [{ sku, quantity: 3, price: pounds(250) }], total: pounds(750) },
    ]);
    expect((await buyer.get(String(headers.get('location')))).body).toEqual(body);
    expect(await paymentOf(body)).toMatchObject({ status: 'succeeded', amount: pounds(750), refunds: [] });
    await shop.catalogShows(sku, 7);
  });

  test('whose payment is declined gives the stock back', async () => {
    const sku = await shop.shelf.add();
    expectProblem(await buyer.place({ [sku]: 3 }, { paymentMethod: 'pm_decline' }), 402, 'ORDER_PAYMENT_DECLINED');
    await shop.catalogShows(sku, 10);
    expect(await buyer.place({ [sku]: 10 })).toMatchObject({ status: 201 });
  });

  test('of more than there is, or of two currencies, or of nothing that is sold, is refused', async () => {
    const [scarce, foreign] = await Promise.all([
      shop.shelf.add({ received: 1 }),
      shop.shelf.add({ price: { amountMinor: 300, currency: 'EUR' } }),
    ]);
    expectProblem(await buyer.place({ [scarce]: 2 }), 409, 'ORDER_OUT_OF_STOCK');
    expectProblem(await buyer.place({ [scarce]: 1, [foreign]: 1 }), 409, 'ORDER_MIXED_CURRENCY');
    expectProblem(await buyer.place({ [`NONE-${randomUUID()}`]: 1 }), 409, 'ORDER_NOT_FOR_SALE');
    expect(await buyer.place({ [scarce]: 1 })).toMatchObject({ status: 201 });
    expectProblem(await buyer.place({ [scarce]: 1 }), 409, 'ORDER_OUT_OF_STOCK');
  });
});

describe('the same Idempotency-Key', () => {
  test('with the same body is the same order, charged once; with another it is refused', async () => {
    const sku = await shop.shelf.add();
    const key = randomUUID();
    const first = await buyer.place({ [sku]: 2 }, { key });
    const again = await buyer.order({ [sku]: 2 }, { key });
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(again.body).toEqual(first.body);
    expectProblem(await buyer.order({ [sku]: 3 }, { key }), 422, 'ORDER_IDEMPOTENCY_KEY_REUSED');
    expect(await paymentOf(first.body)).toMatchObject({ status: 'succeeded', amount: pounds(500), refunds: [] });
    await shop.catalogShows(sku, 8);
    const stranger = shop.customer();
    const theirs = await stranger.place({ [sku]: 1 }, { key });
    expect([theirs.status, theirs.body.orderId === first.body.orderId]).toEqual([201, false]);
  });
});

describe('a cancellation', () => {
  test('gives back the money and the stock, once', async () => {
    const sku = await shop.shelf.add();
    const { body } = await buyer.place({ [sku]: 4 });
    expect([200, 202]).toContain((await buyer.cancel(body.orderId)).status);
    expect(await buyer.settled(body.orderId)).toMatchObject({ status: 'cancelled' });
    expect(await buyer.cancel(body.orderId)).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(await paymentOf(body)).toMatchObject({ status: 'refunded', refunds: [{ amount: pounds(1000) }] });
    await shop.catalogShows(sku, 10);
  });

  test('of a rejected order is refused', async () => {
    const sku = await shop.shelf.add();
    const rejected = shop.customer();
    await rejected.place({ [sku]: 1 }, { paymentMethod: 'pm_decline' });
    const [order] = await until('the order is listed', async () => {
      const { items } = (await rejected.get<OrderPage>('/v1/orders')).body;
      return items.length > 0 && items;
    });
    expect(order).toMatchObject({ status: 'rejected', reason: 'payment_declined' });
    expectProblem(await rejected.cancel(String(order?.orderId)), 409, 'ORDER_NOT_CANCELLABLE');
  });
});

describe('the list of orders', () => {
  let regular: Customer;
  let placed: string[];
  beforeAll(async () => {
    regular = shop.customer();
    const sku = await shop.shelf.add();
    placed = [];
    for (let count = 0; count < 3; count += 1) placed.unshift((await regular.place({ [sku]: 1 })).body.orderId);
  });

  test('has all of them, newest first, over its pages', async () => {
    const pages = await until('all orders are listed', async () => {
      const found: string[][] = [];
      for (let next: string | undefined = '/v1/orders?limit=2'; next; ) {
        const page: Answer<OrderPage> = await regular.get(next);
        found.push(page.body.items.map(({ orderId }) => orderId));
        next = nextOf(page);
      }
      return found.flat().length >= placed.length && found;
    });
    expect(pages).toEqual([placed.slice(0, 2), placed.slice(2)]);
  });

  test("has none of another customer's, whose orders cannot be read, cancelled or looked up by payment", async () => {
    const [orderId = ''] = placed;
    const stranger = shop.customer();
    expectProblem(await stranger.read(orderId), 404, 'ORDER_NOT_FOUND');
    expectProblem(await stranger.cancel(orderId), 404, 'ORDER_NOT_FOUND');
    expectProblem(await stranger.get(`/v1/payments/${orderId}`), 404, 'PAYMENT_NOT_FOUND');
    expect((await stranger.get<OrderPage>('/v1/orders')).body).toEqual({ items: [] });
    expect((await regular.read(orderId)).body).toMatchObject({ status: 'confirmed' });
  });
});
