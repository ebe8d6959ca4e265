import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type TestTables, testTables } from '@shop/dynamo/testing';
import { paymentsTable } from '../src/payment-store.ts';
import { newOrderId } from './order-id.ts';
import { type PaymentService, runPayment } from './payment-service.ts';
import { type StubAnswer, startStubGateway } from './stub-gateway.ts';

let tables: TestTables<'payments'>;
let gateway: Awaited<ReturnType<typeof startStubGateway>>;
let payment: PaymentService;
let orderId: string;

beforeAll(async () => {
  [tables, gateway] = await Promise.all([testTables({ payments: paymentsTable }), startStubGateway()]);
});
beforeEach(async () => {
  orderId = newOrderId();
  payment = await runPayment({ PAYMENTS_TABLE: tables.names.payments, GATEWAY_URL: gateway.url });
});
afterEach(() => payment.stop());
afterAll(() => Promise.all([gateway.close(), tables.drop()]));

const charge = {
  chargeId: 'ch_1',
  status: 'succeeded',
  amountMinor: 500,
  currency: 'GBP',
  refundedMinor: 0,
  refunds: [],
};

describe('an answer that leaves the outcome open is unknown, and the next settles it', () => {
  test.each<[string, StubAnswer]>([
    ['a time-out of the gateway', { status: 408 }],
    ['a key in use', { status: 409, body: { code: 'GATEWAY_KEY_IN_USE' } }],
    ['too many requests', { status: 429 }],
    ['a failure', { status: 500 }],
    ['a failure on the way', { status: 502, body: '<html>bad gateway</html>' }],
    ['a gateway that is busy', { status: 503 }],
    ['a broken connection', 'reset'],
    ['no JSON', { status: 200, body: 'charged' }],
    ['half a charge', { status: 200, body: { chargeId: 'ch_1', status: 'succeeded' } }],
    ['a status that it does not have', { status: 200, body: { ...charge, status: 'pending' } }],
    ['a redirect', { status: 302 }],
  ])('%s', async (_what, answer) => {
    gateway.willAnswer(answer);
    expect(await payment.charge(orderId)).toMatchObject({ status: 503, body: { code: 'PAYMENT_OUTCOME_UNKNOWN' } });
    gateway.willAnswer({ status: 200, body: charge });
    expect(await payment.charge(orderId)).toMatchObject({
      status: 200,
      body: { status: 'succeeded', chargeId: 'ch_1' },
    });
  });
});

describe('an answer that says that we ask wrongly is our own fault, which is counted', () => {
  test.each<[string, StubAnswer]>([
    ['a malformed call', { status: 400 }],
    ['a key that it does not know', { status: 401 }],
    ['a key that may not charge', { status: 403 }],
    ['an address that is not there', { status: 404 }],
    ['a key of another request', { status: 422, body: { code: 'GATEWAY_IDEMPOTENCY_KEY_REUSED' } }],
    ['a charge of another amount', { status: 200, body: { ...charge, amountMinor: 501 } }],
    ['a charge in another currency', { status: 200, body: { ...charge, currency: 'EUR' } }],
  ])('%s', async (_what, answer) => {
    gateway.willAnswer(answer);
    const refused = await payment.charge(orderId);
    expect(refused).toMatchObject({ status: 503, body: { code: 'PAYMENT_GATEWAY_REFUSED' } });
    expect(refused.headers.get('retry-after')).toBe('600');
    expect(await payment.counted('charges_total', { outcome: 'refused' })).toBe(1);

    gateway.willAnswer({ status: 200, body: charge });
    expect(await payment.charge(orderId)).toMatchObject({ status: 200 });
  });

  test('a charge for an order that has no payment method any more', async () => {
    gateway.willAnswer({ status: 200, body: { items: [] } });
    expect(await payment.charge(orderId, { paymentMethod: undefined })).toMatchObject({
      status: 503,
      body: { code: 'PAYMENT_GATEWAY_REFUSED' },
    });
  });
});

test('of several charges for one order the one that took money counts', async () => {
  const declined = { ...charge, chargeId: 'ch_0', status: 'declined', declineReason: 'card_declined' };
  gateway.willAnswer({ status: 200, body: { items: [declined, charge] } });
  expect(await payment.charge(orderId, { attempt: 3 })).toMatchObject({
    body: { status: 'succeeded', chargeId: 'ch_1' },
  });
});

test('a key that cannot be renewed is not tried twice', async () => {
  gateway.willAnswer({ status: 401 });
  const before = gateway.asked().length;
  await payment.charge(orderId);
  expect(gateway.asked()).toHaveLength(before + 1);
});

test("every call carries the order's own key, so that the gateway knows a repeat", async () => {
  const keyOfLastCall = () => gateway.asked().at(-1)?.['idempotency-key'];
  for (const answer of [{ status: 500 }, { status: 200, body: charge }]) {
    gateway.willAnswer(answer);
    await payment.charge(orderId);
    expect(keyOfLastCall()).toBe(orderId);
  }
  for (const answer of [{ status: 500 }, { status: 200, body: { refundId: 're_1' } }]) {
    gateway.willAnswer(answer);
    await payment.refund(orderId);
    expect(keyOfLastCall()).toBe(`${orderId}:refund`);
  }
});
