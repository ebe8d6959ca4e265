import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { reconcile } from './src/reconcile.ts';
import { type Shop, startShop } from './src/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ payment: { GATEWAY_TIMEOUT_MS: '300' } });
  await shop.stock('MUG', { received: 100 });
});
afterAll(async () => {
  expect(await reconcile(shop)).toMatchObject({ exitCode: 0 });
  await shop.stop();
});

describe('a gateway that misbehaves', () => {
  test.each([
    ['takes the money and never answers', 'pm_timeout_with_effect'],
    ['never answers and takes nothing', 'pm_timeout_without_effect'],
    ['fails with 500', 'pm_error'],
    ['answers slowly', 'pm_slow'],
  ])('that %s is asked again until it answers, and charges once', async (_what, paymentMethod) => {
    const buyer = shop.customer();
    const { status, body, headers } = await buyer.order({ MUG: 1 }, { paymentMethod });
    expect([201, 202]).toContain(status);
    if (status === 202) {
      expect(headers.get('location')).toBe(`/v1/orders/${body.orderId}`);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(await buyer.settled(body.orderId)).toMatchObject({ status: 'confirmed' });
    expect(await shop.charges(body.orderId)).toEqual([
      expect.objectContaining({ status: 'succeeded', amountMinor: 250, refundedMinor: 0 }),
    ]);
  });

  test('that always needs eight seconds settles, because each attempt waits longer', async () => {
    const buyer = shop.customer();
    const { status, body } = await buyer.order({ MUG: 1 }, { paymentMethod: 'pm_needs_8s' });
    expect(status).toBe(202);
    expect(await buyer.settled(body.orderId)).toMatchObject({ status: 'confirmed' });
    expect(await shop.charges(body.orderId)).toHaveLength(1);
  }, 120_000);

  test('that is down for a while means 202, and the order is settled when it is back', async () => {
    const buyer = shop.customer();
    await shop.gateway.stop('SIGKILL');
    const { status, body } = await buyer.order({ MUG: 1 });
    expect([status, body.status]).toEqual([202, 'pending']);
    await shop.gateway.start();
    expect(await buyer.settled(body.orderId)).toMatchObject({ status: 'confirmed' });
    expect(await shop.charges(body.orderId)).toHaveLength(1);
  });
});

describe('a peer that is down', () => {
  test.each(['catalog', 'payment'] as const)('%s: 202, and the order is settled when it is back', async (peer) => {
    const buyer = shop.customer();
    await shop[peer].stop('SIGKILL');
    const { status, body } = await buyer.order({ MUG: 1 });
    expect([status, body.status]).toEqual([202, 'pending']);
    await shop[peer].start();
    expect(await buyer.settled(body.orderId)).toMatchObject({ status: 'confirmed' });
  });

  test('order: the front door says 502 or 503, and a repeat of the key finds the order', async () => {
    const buyer = shop.customer();
    const first = await buyer.order({ MUG: 1 }, { key: 'same' });
    const order = await buyer.settled(first.body.orderId);
    await shop.order.stop('SIGKILL');
    expect([502, 503]).toContain((await buyer.order({ MUG: 1 }, { key: 'same' })).status);
    await shop.order.start();
    expect(await buyer.order({ MUG: 1 }, { key: 'same' })).toMatchObject({ status: 201, body: order });
  });
});
