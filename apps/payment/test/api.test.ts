import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { parseConfig } from '@shop/config';
import { type TestTables, testTables } from '@shop/dynamo/testing';
import { type Issuer, startIssuer } from '@shop/testing/issuer';
import { createPaymentService } from '../src/app.ts';
import { PaymentConfig } from '../src/config.ts';
import { paymentsTable } from '../src/payment-store.ts';
import { newOrderId } from './order-id.ts';
import { type PaymentService, runPayment } from './payment-service.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

let tables: TestTables<'payments'>;
let sandbox: Sandbox;
let issuer: Issuer;
let payment: PaymentService;

beforeAll(async () => {
  [tables, sandbox, issuer] = await Promise.all([
    testTables({ payments: paymentsTable }),
    startSandbox(),
    startIssuer(),
  ]);
  payment = await runPayment({
    PAYMENTS_TABLE: tables.names.payments,
    GATEWAY_URL: sandbox.url,
    GATEWAY_TIMEOUT_MS: '5000',
    ...issuer.environment,
  });
});
afterAll(async () => {
  await payment.stop();
  await Promise.all([sandbox.close(), issuer.close(), tables.drop()]);
});

const get = (paymentId: string, token?: string) =>
  payment.send('GET', `/v1/payments/${paymentId}`, undefined, token ? { authorization: `Bearer ${token}` } : {});

describe('a customer', () => {
  const amount = { amountMinor: 500, currency: 'GBP' };

  test.each([
    ['succeeded', async (id: string) => payment.charge(id), { amount, refunds: [] }],
    ['declined', async (id: string) => payment.charge(id, { paymentMethod: 'pm_decline' }), { amount, refunds: [] }],
    ['intended', async (id: string) => payment.charge(id, { paymentMethod: 'pm_error' }), { amount, refunds: [] }],
    ['voided', async (id: string) => payment.refund(id), { refunds: [] }],
  ])('sees a payment of their own that is %s', async (status, make, members) => {
    const paymentId = newOrderId();
    await make(paymentId);
    const { status: code, body } = await get(paymentId, await issuer.token('ada'));
    expect([code, body]).toEqual([200, { paymentId, status, ...members }]);
  });

  test('sees what was given back', async () => {
    const paymentId = newOrderId();
    await payment.charge(paymentId);
    const { refundId } = (await payment.refund(paymentId)).body;
    expect((await get(paymentId, await issuer.token('ada'))).body).toEqual({
      paymentId,
      status: 'refunded',
      amount,
      refunds: [{ refundId, amount }],
    });
  });

  test("cannot tell another's payment from none", async () => {
    const paymentId = newOrderId();
    await payment.charge(paymentId);
    for (const id of [paymentId, newOrderId()]) {
      expect(await get(id, await issuer.token('eve'))).toMatchObject({
        status: 404,
        body: { code: 'PAYMENT_NOT_FOUND' },
      });
    }
  });

  test.each([
    ['no token', () => undefined],
    ['nonsense for a token', () => 'nonsense'],
    ['an expired token', () => issuer.token('ada', { exp: 1 })],
    ['a token for another audience', () => issuer.token('ada', { aud: 'another-shop' })],
    ['a token of another issuer', () => issuer.token('ada', { iss: 'https://elsewhere.test' })],
    ['an unsigned token', () => issuer.unsigned('ada')],
  ])('with %s is not let in', async (_what, token) => {
    const answer = await get(newOrderId(), await token());
    expect(answer).toMatchObject({ status: 401, body: { code: 'PAYMENT_UNAUTHENTICATED' } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });
});

describe('bad input is a problem, and nothing is stored or charged', () => {
  const orderId = newOrderId();
  const input = {
    customerId: 'ada',
    amount: { amountMinor: 500, currency: 'GBP' },
    attempt: 1,
    paymentMethod: 'pm_approve',
  };
  const { amount: _amount, ...withoutAmount } = input;
  const { customerId: _customer, ...withoutCustomer } = input;
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test.each([
    ['no amount', withoutAmount, 400],
    ['no customer', withoutCustomer, 400],
    ['an empty customer', { ...input, customerId: '' }, 400],
    ['an amount in a string', { ...input, amount: { amountMinor: '500', currency: 'GBP' } }, 400],
    ['a fraction of a penny', { ...input, amount: { amountMinor: 0.1, currency: 'GBP' } }, 400],
    ['a negative amount', { ...input, amount: { amountMinor: -1, currency: 'GBP' } }, 400],
    ['an amount past counting', { ...input, amount: { amountMinor: 2 ** 53, currency: 'GBP' } }, 400],
    ['a currency that is none', { ...input, amount: { amountMinor: 1, currency: 'QQQ' } }, 400],
    ['attempt 0', { ...input, attempt: 0 }, 400],
    ['a card number for a method', { ...input, paymentMethod: '4000056655665556' }, 400],
    ['an unknown member', { ...input, capture: true }, 400],
    ['a list', [input], 400],
    ['nothing', '', 400],
    ['broken JSON', '{"amount":', 400],
    ['a huge body', { ...input, customerId: 'x'.repeat(70_000) }, 413],
  ])('a charge with %s', async (_what, body, status) => {
    const answer = await payment.send('PUT', `/internal/payments/${orderId}`, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test.each([
    ['no attempt', { customerId: 'ada' }, {}, 400],
    ['an amount', { customerId: 'ada', attempt: 1, amount: { amountMinor: 1, currency: 'GBP' } }, {}, 400],
    ['a body that is no JSON', 'customerId=ada', form, 415],
  ])('a refund with %s', async (_what, body, headers, status) => {
    expect((await payment.send('PUT', `/internal/payments/${orderId}/refund`, body, headers)).status).toBe(status);
  });

  test.each([
    ['PUT', '/internal/payments/nonsense', 400],
    ['PUT', '/internal/payments/nonsense/refund', 400],
    ['DELETE', `/internal/payments/${orderId}`, 405],
    ['GET', '/internal/payments', 404],
  ])('%s %s', async (method, path, status) => {
    expect((await payment.send(method, path, method === 'PUT' ? input : undefined)).status).toBe(status);
  });

  test.each(['nonsense', `${orderId}x`, 'ord_%00'])('a look at the payment %s', async (paymentId) => {
    expect(await get(paymentId, await issuer.token('ada'))).toMatchObject({
      status: 400,
      body: { code: 'PAYMENT_INVALID_REQUEST' },
    });
  });

  afterAll(async () => {
    const scan = new ScanCommand({ TableName: tables.names.payments, ConsistentRead: true });
    const { Items = [] } = await tables.dynamo.read(scan, Date.now() + 5000);
    expect(Items.filter((item) => item.orderId === orderId)).toEqual([]);
    expect(await sandbox.charges(orderId)).toEqual([]);
  });
});

describe('the service', () => {
  test('describes its API in a valid document', async () => {
    const { body } = await payment.send('GET', '/openapi.json');
    expect(await new Validator().validate(body)).toMatchObject({ valid: true });
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/v1/payments/{paymentId}', '/internal/payments/{orderId}']),
    );
  });

  test('is ready without the gateway, and says that it is away', async () => {
    const lonely = await runPayment({ PAYMENTS_TABLE: tables.names.payments, GATEWAY_URL: 'http://127.0.0.1:1' });
    const { status, body } = await lonely.send('GET', '/readyz');
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('"gateway"');
    await lonely.stop();
  });

  test('does not start without a key to the gateway', async () => {
    const config = parseConfig(PaymentConfig, { GATEWAY_URL: sandbox.url, ...issuer.environment });
    await expect(createPaymentService(config)).rejects.toThrow('GATEWAY_API_KEY');
  });
});
