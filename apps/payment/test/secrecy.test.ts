import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestTables, testTables } from '@shop/dynamo/testing';
import { type AppProcess, appProcess } from '@shop/testing/app-process';
import { paymentsTable } from '../src/payment-store.ts';
import { newOrderId } from './order-id.ts';
import { GATEWAY_KEY, type Sandbox, startSandbox } from './sandbox.ts';

const cardNumber = '4000056655665556';
const secrets = /marker|4000056655665556|gateway-key-of-this-test/;

let tables: TestTables<'payments'>;
let sandbox: Sandbox;
let payment: AppProcess;

beforeAll(async () => {
  [tables, sandbox] = await Promise.all([testTables({ payments: paymentsTable }), startSandbox()]);
  payment = await appProcess(new URL('../src/main.ts', import.meta.url), {
    LOG_LEVEL: 'trace',
    PAYMENTS_TABLE: tables.names.payments,
    GATEWAY_URL: sandbox.url,
    GATEWAY_TIMEOUT_MS: '500',
    GATEWAY_API_KEY: GATEWAY_KEY,
    JWT_ISSUER: 'https://issuer.test',
    JWT_AUDIENCE: 'fargate-shop',
    JWKS_URL: 'http://127.0.0.1:1/jwks.json',
  });
  await payment.start();
});
afterAll(async () => {
  await payment.stop();
  await Promise.all([sandbox.close(), tables.drop()]);
});

async function put(path: string, body: unknown): Promise<number> {
  const answer = await fetch(`${payment.url}/internal/payments/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return answer.status;
}

test('what a customer pays with, and the key to the gateway, are in no log line, metric or item', async () => {
  const base = { customerId: 'ada', attempt: 1, amount: { amountMinor: 500, currency: 'GBP' } };
  const { amount: _, ...refund } = base;
  const tokens = ['approve', 'decline', 'invalid', 'error', 'timeout_with_effect'];
  for (const token of tokens) {
    const paymentMethod = `pm_${token}_marker`;
    const orderId = newOrderId();
    expect([200, 503]).toContain(await put(orderId, { ...base, paymentMethod }));
    expect([200, 503]).toContain(await put(`${orderId}/refund`, { ...refund, paymentMethod }));
  }
  for (const paymentMethod of [cardNumber, 'pm_marker!', { number: cardNumber }]) {
    expect(await put(newOrderId(), { ...base, paymentMethod })).toBe(400);
  }
  expect(await put(newOrderId(), { ...base, cardNumber })).toBe(400);
  expect(await put(newOrderId(), `{"paymentMethod":"pm_marker",${cardNumber}`)).toBe(400);

  const metrics = await (await fetch(`${payment.url}/metrics`)).text();
  const scan = new ScanCommand({ TableName: tables.names.payments, ConsistentRead: true });
  const { Items: items = [] } = await tables.dynamo.read(scan, Date.now() + 5000);
  await payment.stop('SIGTERM');

  expect(payment.output().split('\n').length).toBeGreaterThan(tokens.length);
  expect(payment.output()).not.toMatch(secrets);
  expect(metrics).toContain('charges_total');
  expect(metrics).not.toMatch(secrets);
  expect(items).toHaveLength(tokens.length);
  expect(JSON.stringify(items)).not.toMatch(secrets);
});
