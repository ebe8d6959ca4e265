import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { persist } from './src/persist.ts';
import { reconcile } from './src/reconcile.ts';
import { type Shop, startShop } from './src/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ recovery: 'shipped', order: { ANSWER_BUDGET_MS: '3900' } });
});
afterAll(async () => {
  expect(await reconcile(shop)).toMatchObject({ exitCode: 0 });
  await shop.stop();
});

const sku = () => `SKU-${randomUUID()}`;

describe('the same Idempotency-Key', () => {
  test('sent twenty times at once makes one order and one charge, the same in each answer', async () => {
    const wanted = sku();
    await shop.stock(wanted, { received: 100 });
    const buyer = shop.customer();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => buyer.order({ [wanted]: 3 }, { key })));

    expect(new Set(answers.map(({ body }) => body.orderId)).size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 202)).toBe(true);
    const { orderId } = (await buyer.settled(answers[0]?.body.orderId ?? '')) ?? {};
    const repeat = await buyer.order({ [wanted]: 3 }, { key });
    expect(repeat).toMatchObject({ status: 201, body: { orderId, status: 'confirmed' } });
    expect(repeat.headers.get('idempotent-replayed')).toBe('true');
    expect(await shop.charges(orderId)).toHaveLength(1);
    await shop.catalogShows(wanted, 97);
  });

  test('with another body is refused, and the first order stands', async () => {
    const wanted = sku();
    await shop.stock(wanted);
    const buyer = shop.customer();
    const key = randomUUID();
    const first = await buyer.order({ [wanted]: 1 }, { key });
    expect(await buyer.order({ [wanted]: 2 }, { key })).toMatchObject({
      status: 422,
      body: { code: 'ORDER_IDEMPOTENCY_KEY_REUSED' },
    });
    expect((await buyer.read(first.body.orderId)).body).toEqual(first.body);
  });

  test('of another customer makes a separate order', async () => {
    const wanted = sku();
    await shop.stock(wanted);
    const key = randomUUID();
    const [first, second] = await Promise.all([
      shop.customer().order({ [wanted]: 1 }, { key }),
      shop.customer().order({ [wanted]: 1 }, { key }),
    ]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.orderId).not.toBe(second.body.orderId);
  });
});

describe('a declined payment', () => {
  test('answers 402 and gives the stock back at once', async () => {
    const wanted = sku();
    await shop.stock(wanted);
    const buyer = shop.customer();
    const { status, body } = await buyer.order({ [wanted]: 4 }, { paymentMethod: 'pm_decline' });
    expect([status, body.code]).toEqual([402, 'ORDER_PAYMENT_DECLINED']);
    await shop.catalogShows(wanted, 10);
  });
});

describe('two hundred buyers race for ten units', () => {
  test('ten are confirmed, the rest are told, and nothing is left or missing', async () => {
    const scarce = sku();
    await shop.stock(scarce, { received: 10 });
    const answers = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const buyer = shop.customer();
        const { status, body } = await persist(() => buyer.order({ [scarce]: 1 }, { key: 'race' }));
        return status === 202 ? (await buyer.settled(body.orderId)).status : status;
      }),
    );
    const confirmed = answers.filter((answer) => answer === 201 || answer === 'confirmed');
    const told = answers.filter((answer) => answer === 409 || answer === 'rejected');
    expect([confirmed.length, told.length]).toEqual([10, 190]);
    await shop.catalogShows(scarce, 0);
  }, 120_000);
});
