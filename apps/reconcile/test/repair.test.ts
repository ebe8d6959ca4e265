import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createTestShop, newOrderId, type TestShop } from './test-shop.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await createTestShop();
  await shop.product({ available: 8, received: 10 });
});
afterEach(() => shop.stop());

test('surplus charges are refunded once, said so, and gone in the next run', async () => {
  const { orderId, chargeId } = await shop.sale();
  const [second, stray] = [shop.charge(orderId), shop.charge(newOrderId())];
  const { orderId: cancelled } = await shop.cancelledSale();
  const kept = shop.charge(cancelled, { refundedMinor: 400 });

  const report = await shop.reconcile({ repair: true });
  expect(report.outcome).toBe('different');
  expect(report.differences.kinds).toEqual({ 'charge-surplus': 3 });
  for (const { repaired } of report.differences.examples) expect(repaired).toMatch(/^refunded GBP \d00 as re_\d$/);

  expect(await shop.reconcile({ repair: true })).toMatchObject({ outcome: 'clean' });
  const refunded = shop.gateway.refunds.map(({ chargeId: of, amountMinor }) => `${of} ${amountMinor}`).sort();
  expect(refunded).toEqual([`${second} 900`, `${stray} 900`, `${kept} 500`].sort());
  expect(shop.gateway.charges.find((charge) => charge.chargeId === chargeId)?.refundedMinor).toBe(0);
});

test('two runs at once refund once', async () => {
  const { orderId } = await shop.sale();
  shop.charge(orderId);
  const reports = await Promise.all([shop.reconcile({ repair: true }), shop.reconcile({ repair: true })]);
  expect(shop.gateway.refunds).toHaveLength(1);
  for (const { outcome } of reports) expect(['different', 'clean']).toContain(outcome);
});

test('nothing is refunded without being told to', async () => {
  const { orderId } = await shop.sale();
  shop.charge(orderId);
  expect(await shop.reconcile()).toMatchObject({ outcome: 'different' });
  expect(shop.gateway.refunds).toEqual([]);
});

test('what has no single right answer is left alone', async () => {
  const { orderId, chargeId } = await shop.sale();
  shop.charge(orderId);
  // The order's own charge is not among them: which of the two is the surplus one cannot be told.
  for (const charge of shop.gateway.charges) if (charge.chargeId === chargeId) charge.chargeId = 'ch_other';
  const open = newOrderId();
  await shop.order({ orderId: open, status: 'pending', version: 1, openSince: Date.now() });
  for (const _ of [1, 2]) shop.charge(open);
  shop.charge('somebody-elses-reference');
  const report = await shop.reconcile({ repair: true });
  expect(report.differences.kinds).toEqual({ 'charge-missing': 1, 'charge-surplus': 4 });
  expect(report.differences.examples.every(({ repaired }) => repaired === undefined)).toBe(true);
  expect(shop.gateway.refunds).toEqual([]);
});
