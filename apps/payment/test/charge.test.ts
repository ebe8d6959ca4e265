import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createDynamo } from '@shop/dynamo';
import { createFaultProxy, type FaultProxy, type TestTables, testTables } from '@shop/dynamo/testing';
import { paymentsTable } from '../src/payment-store.ts';
import { newOrderId } from './order-id.ts';
import { type PaymentService, runPayment } from './payment-service.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

let tables: TestTables<'payments'>;
let proxy: FaultProxy;
let sandbox: Sandbox;
let payment: PaymentService;
/** Another instance on the same table. */
let replica: PaymentService;
let orderId: string;

beforeAll(async () => {
  proxy = await createFaultProxy({ target: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '' });
  [tables, sandbox] = await Promise.all([testTables({ payments: paymentsTable }), startSandbox()]);
  const environment = {
    PAYMENTS_TABLE: tables.names.payments,
    GATEWAY_URL: sandbox.url,
    GATEWAY_TIMEOUT_MS: '5000',
  };
  payment = await runPayment(environment, { dynamo: createDynamo({ endpoint: proxy.endpoint }) });
  replica = await runPayment(environment);
});
beforeEach(() => {
  orderId = newOrderId();
  proxy.clear();
});
afterAll(async () => {
  await Promise.all([payment.stop(), replica.stop()]);
  await Promise.all([sandbox.close(), proxy.close(), tables.drop()]);
});

describe('a charge', () => {
  test('that succeeds answers every repeat, at every instance, with the same charge', async () => {
    const first = await payment.charge(orderId);
    expect(first).toMatchObject({ status: 200, body: { status: 'succeeded', chargeId: expect.any(String) } });
    expect((await replica.charge(orderId, { attempt: 9 })).body).toEqual(first.body);
    expect(await sandbox.charges(orderId)).toMatchObject([{ ...first.body, amountMinor: 500 }]);
  });

  test.each([
    ['pm_decline', 'card_declined'],
    ['pm_expired', 'method_expired'],
    ['pm_invalid', 'method_unknown'],
    ['pm_nobody_knows_this', 'method_unknown'],
  ])('by %s is declined for good, with the reason', async (paymentMethod, reason) => {
    const declined = { status: 200, body: { status: 'declined', reason } };
    expect(await payment.charge(orderId, { paymentMethod })).toMatchObject(declined);
    expect(await payment.charge(orderId, { paymentMethod: 'pm_approve' })).toMatchObject(declined);
    expect(await sandbox.charges(orderId)).toMatchObject([{ status: 'declined' }]);
  });

  test('of an amount that the gateway does not accept is declined', async () => {
    const nothing = { amountMinor: 0, currency: 'GBP' };
    expect((await payment.charge(orderId, { amount: nothing })).body).toEqual({
      status: 'declined',
      reason: 'amount_not_accepted',
    });
  });

  test('that is asked for twenty times at once is made once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? payment : replica).charge(orderId)),
    );
    const charges = await sandbox.charges(orderId);
    expect(charges).toHaveLength(1);
    for (const { status, body } of answers) {
      expect([status, body]).toEqual([200, { status: 'succeeded', chargeId: charges[0]?.chargeId }]);
    }
  });

  test('that the gateway is at work on is unknown to the others who ask, and made once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => payment.charge(orderId, { paymentMethod: 'pm_slow' })),
    );
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    for (const { status, body } of answers) if (status !== 200) expect(body.code).toBe('PAYMENT_OUTCOME_UNKNOWN');
    expect(await payment.charge(orderId, { paymentMethod: 'pm_slow' })).toMatchObject({ status: 200 });
    expect(await sandbox.charges(orderId)).toHaveLength(1);
  });

  test('of another amount than before is fenced, whether it was settled or not', async () => {
    const amount = { amountMinor: 501, currency: 'GBP' };
    const fenced = { status: 409, body: { code: 'PAYMENT_FENCED' } };
    await payment.charge(orderId);
    expect(await payment.charge(orderId, { amount })).toMatchObject(fenced);

    const unsettled = newOrderId();
    await payment.charge(unsettled, { paymentMethod: 'pm_error' });
    expect(await payment.charge(unsettled, { amount, paymentMethod: 'pm_error' })).toMatchObject(fenced);
    expect(await sandbox.charges(unsettled)).toEqual([]);
  });

  test('takes two round trips to DynamoDB: the intent and the result', async () => {
    const before = proxy.calls().length;
    await payment.charge(orderId);
    const calls = proxy.calls().slice(before);
    expect(calls.map(({ operation }) => operation)).toEqual(['PutItem', 'UpdateItem']);
  });

  test('is counted once, by its outcome and its money, however often it is asked for', async () => {
    const succeeded = await payment.counted('charges_total', { outcome: 'succeeded' });
    const money = await payment.counted('charges_amount_minor_total', { currency: 'JPY' });
    const amount = { amountMinor: 700, currency: 'JPY' };
    for (const attempt of [1, 2, 3]) await payment.charge(orderId, { amount, attempt });
    expect(await payment.counted('charges_total', { outcome: 'succeeded' })).toBe(succeeded + 1);
    expect(await payment.counted('charges_amount_minor_total', { currency: 'JPY' })).toBe(money + 700);
  });
});

describe('DynamoDB', () => {
  test.each(['PutItem', 'UpdateItem'])(
    'may execute %s and lose the answer: the write is our own',
    async (operation) => {
      proxy.inject({ operation, fault: 'lose-answer' });
      expect(await payment.charge(orderId)).toMatchObject({ status: 200, body: { status: 'succeeded' } });
      expect(await sandbox.charges(orderId)).toHaveLength(1);
    },
  );

  test('that takes no intent keeps the gateway from being asked', async () => {
    proxy.inject({ operation: 'PutItem', fault: 'server-error', times: Number.POSITIVE_INFINITY });
    const answer = await payment.charge(orderId, { timeoutMs: 500 });
    expect(answer).toMatchObject({ status: 503, body: { code: 'PAYMENT_UNAVAILABLE' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await sandbox.charges(orderId)).toEqual([]);
  });

  test('that takes no result leaves the charge to the next who asks', async () => {
    proxy.inject({ operation: 'UpdateItem', fault: 'server-error', times: Number.POSITIVE_INFINITY });
    expect(await payment.charge(orderId, { timeoutMs: 1000 })).toMatchObject({ status: 503 });
    const [charge] = await sandbox.charges(orderId);
    proxy.clear();
    expect(await replica.charge(orderId, { attempt: 2 })).toMatchObject({
      status: 200,
      body: { status: 'succeeded', chargeId: charge?.chargeId },
    });
    expect(await sandbox.charges(orderId)).toHaveLength(1);
  });
});
