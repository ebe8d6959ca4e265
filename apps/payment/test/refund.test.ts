import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createDynamo } from '@shop/dynamo';
import { createFaultProxy, type FaultProxy, type TestTables, testTables } from '@shop/dynamo/testing';
import { paymentsTable } from '../src/payment-store.ts';
import { newOrderId } from './order-id.ts';
import { type PaymentService, runPayment } from './payment-service.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { stepsOf } from './steps.ts';

let tables: TestTables<'payments'>;
let proxy: FaultProxy;
let sandbox: Sandbox;
let payment: PaymentService;
let orderId: string;

const environment = () => ({
  PAYMENTS_TABLE: tables.names.payments,
  GATEWAY_URL: sandbox.url,
  GATEWAY_TIMEOUT_MS: '5000',
});

beforeAll(async () => {
  proxy = await createFaultProxy({ target: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '' });
  [tables, sandbox] = await Promise.all([testTables({ payments: paymentsTable }), startSandbox()]);
  payment = await runPayment(environment(), { dynamo: createDynamo({ endpoint: proxy.endpoint }) });
});
beforeEach(() => {
  orderId = newOrderId();
  proxy.clear();
});
afterAll(async () => {
  await payment.stop();
  await Promise.all([sandbox.close(), proxy.close(), tables.drop()]);
});

const refunded = { status: 200, body: { status: 'refunded', refundId: expect.any(String) } };
const givenBackOnce = [{ status: 'succeeded', amountMinor: 500, refundedMinor: 500, refunds: [expect.anything()] }];

describe('a refund', () => {
  test('of an order that was never charged makes its payment void, and fences a charge that comes late', async () => {
    expect(await payment.refund(orderId)).toMatchObject({ status: 200, body: { status: 'voided' } });
    expect(await payment.charge(orderId)).toMatchObject({ status: 409, body: { code: 'PAYMENT_FENCED' } });
    expect(await payment.refund(orderId)).toMatchObject({ status: 200, body: { status: 'voided' } });
    expect(await sandbox.charges(orderId)).toEqual([]);
  });

  test('of a charge gives all of it back, and fences further charges', async () => {
    await payment.charge(orderId);
    const first = await payment.refund(orderId);
    expect(first).toMatchObject(refunded);
    expect((await payment.refund(orderId, { attempt: 5 })).body).toEqual(first.body);
    expect(await payment.charge(orderId)).toMatchObject({ status: 409, body: { code: 'PAYMENT_FENCED' } });
    expect(await sandbox.charges(orderId)).toMatchObject(givenBackOnce);
  });

  test('of a declined charge has nothing to give back', async () => {
    await payment.charge(orderId, { paymentMethod: 'pm_decline' });
    expect(await payment.refund(orderId)).toMatchObject({ status: 200, body: { status: 'declined' } });
  });

  test.each([
    ['that turns out to have been made', 'pm_timeout_with_effect'],
    ['that turns out not to have been made makes it, as nobody could call it off, and', 'pm_error'],
  ])('of an open charge %s gives it back', async (_what, paymentMethod) => {
    expect(await payment.charge(orderId, { paymentMethod, timeoutMs: 600 })).toMatchObject({ status: 503 });
    expect(await payment.refund(orderId, { paymentMethod, attempt: 2 })).toMatchObject(refunded);
    expect(await sandbox.charges(orderId)).toMatchObject(givenBackOnce);
  });

  test('of an open charge that is declined after all has nothing to give back', async () => {
    await sandbox.stop();
    expect(await payment.charge(orderId, { paymentMethod: 'pm_decline' })).toMatchObject({ status: 503 });
    await sandbox.start();
    expect(await payment.refund(orderId, { paymentMethod: 'pm_decline', attempt: 2 })).toMatchObject({
      status: 200,
      body: { status: 'declined' },
    });
  });

  test('while the gateway is down is unknown, and is made when it is back', async () => {
    await payment.charge(orderId);
    await sandbox.stop();
    const answer = await payment.refund(orderId);
    expect(answer).toMatchObject({ status: 503, body: { code: 'PAYMENT_OUTCOME_UNKNOWN' } });
    expect(answer.headers.get('retry-after')).toBe('1');
    await sandbox.start();
    expect(await payment.refund(orderId, { attempt: 2 })).toMatchObject(refunded);
    expect(await sandbox.charges(orderId)).toMatchObject(givenBackOnce);
  });

  test('that is asked for twenty times at once is made once', async () => {
    await payment.charge(orderId);
    const answers = await Promise.all(Array.from({ length: 20 }, () => payment.refund(orderId)));
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: answers[0]?.body });
    expect(await sandbox.charges(orderId)).toMatchObject(givenBackOnce);
  });

  test('races with charges to one end: the money is given back, or was never taken', async () => {
    const asks = Array.from({ length: 20 }, (_, index) =>
      index % 2 ? payment.refund(orderId, { paymentMethod: 'pm_approve' }) : payment.charge(orderId),
    );
    await Promise.all(asks);
    const { body } = await payment.refund(orderId, { paymentMethod: 'pm_approve' });
    expect(['voided', 'refunded']).toContain(body.status);
    expect(await sandbox.charges(orderId)).toMatchObject(body.status === 'voided' ? [] : givenBackOnce);
    expect(await payment.charge(orderId)).toMatchObject({ status: 409 });
  });

  test('that somebody made by hand counts', async () => {
    await payment.charge(orderId);
    const [charge] = await sandbox.charges(orderId);
    await sandbox.refundByHand(orderId, charge?.chargeId ?? '', 500);
    expect(await payment.refund(orderId)).toMatchObject(refunded);
    expect(await sandbox.charges(orderId)).toMatchObject(givenBackOnce);
  });

  test('of a charge that somebody gave back in part needs somebody to look at it', async () => {
    await payment.charge(orderId);
    const [charge] = await sandbox.charges(orderId);
    await sandbox.refundByHand(orderId, charge?.chargeId ?? '', 1);
    const before = await payment.counted('refunds_total', { outcome: 'refused' });
    const answer = await payment.refund(orderId);
    expect(answer).toMatchObject({ status: 503, body: { code: 'PAYMENT_GATEWAY_REFUSED' } });
    expect(answer.headers.get('retry-after')).toBe('600');
    expect(await payment.counted('refunds_total', { outcome: 'refused' })).toBe(before + 1);
  });

  test('is counted once, however often it is asked for', async () => {
    const before = await payment.counted('refunds_total', { outcome: 'refunded' });
    await payment.charge(orderId);
    for (const attempt of [1, 2, 3]) await payment.refund(orderId, { attempt });
    expect(await payment.counted('refunds_total', { outcome: 'refunded' })).toBe(before + 1);
  });
});

describe('a refund whose answer got lost', () => {
  /** The gateway has made the refund, and DynamoDB has not recorded it. */
  async function unrecorded(instance: PaymentService): Promise<void> {
    proxy.inject({ operation: 'UpdateItem', fault: { delayMs: 0 } });
    proxy.inject({ operation: 'UpdateItem', fault: 'server-error', times: Number.POSITIVE_INFINITY });
    expect(await instance.refund(orderId, { timeoutMs: 1500 })).toMatchObject({ status: 503 });
    proxy.clear();
    expect(await sandbox.charges(orderId)).toMatchObject(givenBackOnce);
  }

  test('is asked for again with its own key, and looked up first from the third attempt on', async () => {
    await payment.charge(orderId);
    await unrecorded(payment);
    const steps = await stepsOf(() => payment.refund(orderId, { attempt: 2 }));
    expect(steps).toEqual(['payment.void', 'gateway.refund', 'payment.refund']);

    orderId = newOrderId();
    await payment.charge(orderId);
    await unrecorded(payment);
    const later = await stepsOf(() => payment.refund(orderId, { attempt: 3 }));
    expect(later).toEqual(['payment.void', 'gateway.find', 'payment.refund']);
    expect(await sandbox.charges(orderId)).toMatchObject(givenBackOnce);
  });

  test.each([
    ['is asked for again within twelve hours', -1000, 'gateway.refund'],
    ['is looked up once it is twelve hours old', 1000, 'gateway.find'],
  ])('%s', async (_title, beyondMs, call) => {
    await payment.charge(orderId);
    const now = () => Date.now() - 12 * 3_600_000 - beyondMs;
    const longAgo = await runPayment(environment(), { now, dynamo: createDynamo({ endpoint: proxy.endpoint }) });
    await unrecorded(longAgo);
    await longAgo.stop();

    const steps = await stepsOf(() => payment.refund(orderId));
    expect(steps).toEqual(['payment.void', call, 'payment.refund']);
    expect(await sandbox.charges(orderId)).toMatchObject(givenBackOnce);
  });

  test('is recorded although DynamoDB loses the answers to our writes', async () => {
    await payment.charge(orderId);
    proxy.inject({ operation: 'UpdateItem', fault: 'lose-answer', times: 1 });
    expect(await payment.refund(orderId)).toMatchObject(refunded);
  });
});
