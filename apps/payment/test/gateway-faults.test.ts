import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type TestTables, testTables } from '@shop/dynamo/testing';
import { paymentsTable } from '../src/payment-store.ts';
import { newOrderId } from './order-id.ts';
import { type Answer, type PaymentService, runPayment } from './payment-service.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { stepsOf } from './steps.ts';

let tables: TestTables<'payments'>;
let sandbox: Sandbox;
/** Gives the gateway next to no time at its first attempts. */
let hasty: PaymentService;
let patient: PaymentService;
let orderId: string;

const environment = (timeoutMs: number) => ({
  PAYMENTS_TABLE: tables.names.payments,
  GATEWAY_URL: sandbox.url,
  GATEWAY_TIMEOUT_MS: String(timeoutMs),
});

beforeAll(async () => {
  [tables, sandbox] = await Promise.all([testTables({ payments: paymentsTable }), startSandbox()]);
  [hasty, patient] = await Promise.all([runPayment(environment(100)), runPayment(environment(5000))]);
});
beforeEach(() => {
  orderId = newOrderId();
});
afterAll(async () => {
  await Promise.all([hasty.stop(), patient.stop()]);
  await Promise.all([sandbox.close(), tables.drop()]);
});

function expectUnknown(answer: Answer): void {
  expect(answer).toMatchObject({ status: 503, body: { code: 'PAYMENT_OUTCOME_UNKNOWN' } });
  expect(answer.headers.get('retry-after')).toBe('1');
}

describe('a gateway', () => {
  test.each([
    ['charges and does not answer', 'pm_timeout_with_effect'],
    ['neither charges nor answers', 'pm_timeout_without_effect'],
    ['fails with 500', 'pm_error'],
  ])('that %s is asked again, and has charged once', async (_what, paymentMethod) => {
    expectUnknown(await patient.charge(orderId, { paymentMethod, timeoutMs: 1000 }));
    const charges = await sandbox.charges(orderId);
    expect(charges).toHaveLength(paymentMethod === 'pm_timeout_with_effect' ? 1 : 0);

    const settled = await patient.charge(orderId, { paymentMethod, attempt: 2 });
    expect(settled).toMatchObject({ status: 200, body: { status: 'succeeded', ...idOf(charges) } });
    expect(await sandbox.charges(orderId)).toMatchObject([{ chargeId: settled.body.chargeId }]);
  });

  test('that always needs longer than the time-out settles, because each attempt waits longer', async () => {
    const answers: Answer[] = [];
    for (let attempt = 1; attempt <= 9 && answers.at(-1)?.status !== 200; attempt += 1) {
      answers.push(await hasty.charge(orderId, { paymentMethod: 'pm_needs_8s', attempt }));
    }
    const settled = answers.pop();
    expect(settled).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    expect(answers.length).toBeGreaterThanOrEqual(3);
    for (const answer of answers) expectUnknown(answer);
    expect(await sandbox.charges(orderId)).toHaveLength(1);
  });

  test('that is down leaves the charge open until it is back', async () => {
    await sandbox.stop();
    expectUnknown(await patient.charge(orderId));
    await sandbox.start();
    expect(await patient.charge(orderId, { attempt: 2 })).toMatchObject({ status: 200 });
    expect(await sandbox.charges(orderId)).toHaveLength(1);
  });

  test('is given no more time than the caller has, so that the caller hears of it', async () => {
    const startedAt = Date.now();
    expectUnknown(await patient.charge(orderId, { paymentMethod: 'pm_timeout_without_effect', timeoutMs: 1000 }));
    expect(Date.now() - startedAt).toBeLessThan(4000);
  });

  test('whose outcome stays unknown is counted each time', async () => {
    const before = await patient.counted('charges_total', { outcome: 'unknown' });
    expectUnknown(await patient.charge(orderId, { paymentMethod: 'pm_error' }));
    expect(await patient.counted('charges_total', { outcome: 'unknown' })).toBe(before + 1);
  });
});

describe('what the gateway knows is looked up before it is asked', () => {
  const paymentMethod = 'pm_timeout_with_effect';
  const gatewayCalls = (steps: string[]) => steps.filter((step) => step.startsWith('gateway.'));

  test('from the third attempt on, and not before', async () => {
    const steps = await stepsOf(async () => {
      await patient.charge(orderId, { paymentMethod: 'pm_error', attempt: 2 });
      await patient.charge(orderId, { paymentMethod: 'pm_error', attempt: 3 });
    });
    expect(gatewayCalls(steps)).toEqual(['gateway.charge', 'gateway.find', 'gateway.charge']);
  });

  test('and a charge that is found is not asked for again', async () => {
    expectUnknown(await patient.charge(orderId, { paymentMethod, timeoutMs: 1000 }));
    const steps = await stepsOf(() => patient.charge(orderId, { paymentMethod, attempt: 3 }));
    expect(steps).toEqual(['payment.intend', 'gateway.find', 'payment.succeed']);
  });

  test.each([
    ['not when the intent is younger than twelve hours', -60_000, 'gateway.charge'],
    ['at any attempt when the intent is older than twelve hours', 60_000, 'gateway.find'],
  ])('%s', async (_title, beyondMs, call) => {
    const now = () => Date.now() - 12 * 3_600_000 - beyondMs;
    const longAgo = await runPayment(environment(5000), { now });
    expectUnknown(await longAgo.charge(orderId, { paymentMethod, timeoutMs: 1000 }));
    await longAgo.stop();

    const steps = await stepsOf(() => patient.charge(orderId, { paymentMethod }));
    expect(gatewayCalls(steps)).toEqual([call]);
    expect(await patient.charge(orderId)).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    expect(await sandbox.charges(orderId)).toHaveLength(1);
  });

  test('also when the order has no payment method any more', async () => {
    expectUnknown(await patient.charge(orderId, { paymentMethod, timeoutMs: 1000 }));
    expect(await patient.charge(orderId, { paymentMethod: undefined })).toMatchObject({
      status: 200,
      body: { status: 'succeeded' },
    });
  });
});

function idOf([charge]: { chargeId: string }[]): { chargeId?: string } {
  return charge ? { chargeId: charge.chargeId } : {};
}
