import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import { orderIdOf } from '../src/order-id.ts';
import { mugs, openShop, type Shop } from './shop.ts';
import { forever } from './stand-ins.ts';

let shop: Shop;
let ada: ReturnType<Awaited<ReturnType<Shop['start']>>['as']>;
let bob: typeof ada;
beforeAll(async () => {
  shop = await openShop();
  const process = await shop.start();
  ada = process.as('ada');
  bob = process.as('bob');
  shop.catalog.stock.set('MUG', 1000).set('CUP', 3).set('TRAY', 10);
});
afterAll(() => shop.close());

describe('an order that can be fulfilled', () => {
  test('is confirmed at once, at the prices of its reservation', async () => {
    const { status, body, headers } = await ada.place({ ...mugs(2), paymentMethod: 'pm_approve' });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/orders/${body.orderId}`);
    expect(headers.get('idempotent-replayed')).toBeNull();
    expect(body).toMatchObject({
      status: 'confirmed',
      lines: [{ sku: 'MUG', quantity: 2, price: { amountMinor: 255, currency: 'GBP' } }],
      total: { amountMinor: 510, currency: 'GBP' },
      paymentId: body.orderId,
    });
    expect(await ada.read(body.orderId)).toMatchObject({ status: 200, body });
  });

  test('leaves the open index and keeps nothing of the payment method', async () => {
    const { body } = await ada.place(mugs(1, 'pm_approve_secret'));
    const stored = await shop.stored(body.orderId);
    expect(stored).toMatchObject({ status: 'confirmed', outcome: 'confirmed', version: 2, attempt: 1 });
    expect(Object.keys(stored)).not.toEqual(expect.arrayContaining(['paymentMethod', 'dueAt', 'openShard']));
    expect(JSON.stringify(stored)).not.toContain('pm_approve_secret');
  });
});

describe('a key that is used again', () => {
  test('gets the same answer, and says that it is a repeat', async () => {
    const first = await ada.place(mugs(), 'again');
    const again = await ada.place(mugs(), 'again');
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
  });

  test('20 times at once makes one order, one charge, and no answer that contradicts another', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ada.place(mugs(), 'at-once')));
    const orderId = orderIdOf('ada', 'at-once');
    expect(new Set(answers.map(({ body }) => body.orderId))).toEqual(new Set([orderId]));
    expect(answers.filter(({ status }) => status !== 201 && status !== 202)).toEqual([]);
    expect(answers.filter(({ headers }) => !headers.has('idempotent-replayed'))).toHaveLength(1);
    expect(shop.payment.charges.filter((charge) => charge.orderId === orderId)).toHaveLength(1);
    expect((await ada.place(mugs(), 'at-once')).status).toBe(201);
  });

  test('with the lines in another order is the same request', async () => {
    const lines = [
      { sku: 'MUG', quantity: 1 },
      { sku: 'TRAY', quantity: 2 },
    ];
    const first = await ada.place({ ...mugs(), lines }, 'shuffled');
    const again = await ada.place({ ...mugs(), lines: lines.toReversed() }, 'shuffled');
    expect(again).toMatchObject({ status: 201, body: { orderId: first.body.orderId } });
  });

  test.each([
    ['another quantity', mugs(2)],
    ['another product', { ...mugs(), lines: [{ sku: 'TRAY', quantity: 1 }] }],
    ['another payment method', mugs(1, 'pm_other')],
  ])('with %s is refused', async (_what, body) => {
    const key = crypto.randomUUID();
    const first = await ada.place(mugs(), key);
    expect(await ada.place(body, key)).toMatchObject({ status: 422, body: { code: 'ORDER_IDEMPOTENCY_KEY_REUSED' } });
    expect(await ada.read(first.body.orderId)).toMatchObject({ body: first.body });
  });

  test('by another customer is another order', async () => {
    const [hers, his] = [await ada.place(mugs(), 'shared'), await bob.place(mugs(), 'shared')];
    expect([hers.status, his.status]).toEqual([201, 201]);
    expect(his.body.orderId).not.toBe(hers.body.orderId);
  });
});

describe('an order that cannot be fulfilled', () => {
  test('for lack of stock is refused with the lines that are short, and nothing is charged', async () => {
    const body = { ...mugs(), lines: [{ sku: 'CUP', quantity: 4 }] };
    const first = await ada.place(body, 'short');
    const shortLines = [{ sku: 'CUP', requested: 4, available: 3 }];
    const problem = { code: 'ORDER_OUT_OF_STOCK', orderId: orderIdOf('ada', 'short'), shortLines };
    expect(first).toMatchObject({ status: 409, body: problem });
    expect(shop.payment.charges.filter(({ orderId }) => orderId === problem.orderId)).toEqual([]);

    shop.catalog.stock.set('CUP', 5);
    const again = await ada.place(body, 'short');
    expect(again).toMatchObject({ status: 409, body: problem });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await ada.read(problem.orderId)).body).toMatchObject({ status: 'rejected', reason: 'out_of_stock' });
  });

  test('because a product is not for sale is refused', async () => {
    const answer = await ada.place({ ...mugs(), lines: [{ sku: 'NOWHERE', quantity: 1 }] });
    expect(answer).toMatchObject({ status: 409, body: { code: 'ORDER_NOT_FOR_SALE' } });
  });

  test('because the payment is declined gives its stock back at once', async () => {
    shop.catalog.stock.set('TEAPOT', 1);
    const body = { lines: [{ sku: 'TEAPOT', quantity: 1 }], paymentMethod: 'pm_decline' };
    const first = await ada.place(body, 'declined');
    const problem = { code: 'ORDER_PAYMENT_DECLINED', orderId: orderIdOf('ada', 'declined') };
    expect(first).toMatchObject({ status: 402, body: problem });
    expect((await ada.read(problem.orderId)).body).toMatchObject({ status: 'rejected', reason: 'payment_declined' });

    expect(await ada.place(body, 'declined')).toMatchObject({ status: 402, body: problem });
    await until('the stock is back', () => shop.catalog.stock.get('TEAPOT'), { fits: (left) => left === 1 });
    await until('the order is rejected', () => shop.stored(problem.orderId), {
      fits: ({ status }) => status === 'rejected',
    });
  });

  test('because the payment is declined is answered before its stock is back', async () => {
    const patient = { LEASE_MS: 60_000, PASS_BUDGET_MS: 59_000, ANSWER_BUDGET_MS: 50_000, DRAIN_MS: 1 };
    const process = await shop.start(patient);
    shop.catalog.scripts.release = forever;
    const answer = await process.as('ada').place(mugs(1, 'pm_decline'), 'stock-on-its-way');
    delete shop.catalog.scripts.release;
    expect(answer).toMatchObject({ status: 402, body: { code: 'ORDER_PAYMENT_DECLINED' } });
    const stored = await shop.stored(orderIdOf('ada', 'stock-on-its-way'));
    expect(stored).toMatchObject({ status: 'releasing', outcome: 'rejected' });
    expect(stored).not.toHaveProperty('paymentMethod');
  });
});
