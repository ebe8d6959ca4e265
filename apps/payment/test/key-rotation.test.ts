import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestTables, testTables } from '@shop/dynamo/testing';
import { paymentsTable } from '../src/payment-store.ts';
import { newOrderId } from './order-id.ts';
import { type PaymentService, runPayment } from './payment-service.ts';
import { GATEWAY_KEY, type Sandbox, startSandbox } from './sandbox.ts';
import { SECRET_ARN, startSecretsManager } from './secrets-manager.ts';
import { stepsOf } from './steps.ts';

let tables: TestTables<'payments'>;
let sandbox: Sandbox;
let secrets: Awaited<ReturnType<typeof startSecretsManager>>;
let payment: PaymentService;

const environment = () => ({
  PAYMENTS_TABLE: tables.names.payments,
  GATEWAY_URL: sandbox.url,
  GATEWAY_TIMEOUT_MS: '5000',
  GATEWAY_SECRET_ARN: SECRET_ARN,
});

beforeAll(async () => {
  secrets = await startSecretsManager(GATEWAY_KEY);
  process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = secrets.endpoint;
  [tables, sandbox] = await Promise.all([testTables({ payments: paymentsTable }), startSandbox()]);
  payment = await runPayment(environment());
});
afterAll(async () => {
  await payment.stop();
  await Promise.all([sandbox.close(), secrets.close(), tables.drop()]);
});

test('a key that is rotated while the service runs costs one more call and no restart', async () => {
  expect(await payment.charge(newOrderId())).toMatchObject({ status: 200 });

  await sandbox.stop();
  await sandbox.start({ GATEWAY_API_KEY: 'the-next-key' });
  secrets.rotate('the-next-key');
  const orderId = newOrderId();
  const steps = await stepsOf(async () => {
    expect(await payment.charge(orderId)).toMatchObject({ status: 200, body: { status: 'succeeded' } });
  });
  expect(steps).toEqual(['payment.intend', 'gateway.charge', 'gateway.charge', 'payment.succeed']);
  expect(await sandbox.charges(orderId, 'the-next-key')).toHaveLength(1);

  expect(await stepsOf(() => payment.charge(newOrderId()))).toHaveLength(3);
});

test('the sandbox gateway takes the next key as soon as its secret has it', async () => {
  await sandbox.stop();
  await sandbox.start({ GATEWAY_API_KEY: '', GATEWAY_SECRET_ARN: SECRET_ARN });
  const ask = (key: string) =>
    fetch(`${sandbox.url}/v1/charges`, { headers: { authorization: `Bearer ${key}` } }).then(({ status }) => status);
  expect(await ask('the-next-key')).toBe(200);
  secrets.rotate('the-last-key');
  expect(await ask('the-last-key')).toBe(200);
  expect(await ask('the-next-key')).toBe(401);
});

test('a service that has not got its key yet is not ready, and charges nothing', async () => {
  secrets.rotate(undefined);
  const keyless = await runPayment(environment());
  expect((await keyless.send('GET', '/readyz')).status).toBe(503);
  const orderId = newOrderId();
  expect(await keyless.charge(orderId)).toMatchObject({ status: 503, body: { code: 'PAYMENT_OUTCOME_UNKNOWN' } });
  await keyless.stop();
  expect(await sandbox.charges(orderId, 'the-last-key')).toEqual([]);
});
