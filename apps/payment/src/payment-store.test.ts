import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createDynamo, type Dynamo } from '@shop/dynamo';
import { createFaultProxy, type FaultProxy, type TestTables, testTables } from '@shop/dynamo/testing';
import { type Intended, type Move, moves, type Payment, type Succeeded } from './payment.ts';
import { createPaymentStore, type PaymentStore, paymentsTable, paymentWrites } from './payment-store.ts';

const amount = { amountMinor: 500, currency: 'GBP' };
const intendedAt = '2025-06-01T12:00:00.000Z';

let tables: TestTables<'payments'>;
let proxy: FaultProxy;
let dynamo: Dynamo;
let store: PaymentStore;
let orderId = '';
let orders = 0;
const soon = () => Date.now() + 5000;

beforeAll(async () => {
  proxy = await createFaultProxy({ target: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '' });
  tables = await testTables({ payments: paymentsTable });
  dynamo = createDynamo({ endpoint: proxy.endpoint });
  store = createPaymentStore(dynamo, tables.names.payments);
});
beforeEach(() => {
  orders += 1;
  orderId = `ord_${orders}`;
  proxy.clear();
});
afterAll(async () => {
  dynamo.close();
  await proxy.close();
  await tables.drop();
});

const intend = () => store.intend({ orderId, customerId: 'ada', amount, intendedAt }, soon());
const voided = () => store.void({ orderId, customerId: 'ada' }, soon());

/** The payment in each status, and each move as asked of a payment that was seen in the status it expects. */
const paths: Record<Payment['status'], () => Promise<Payment>> = {
  intended: async () => (await intend()).payment,
  voided: async () => (await voided()).payment,
  succeeded: async () => (await store.succeed((await paths.intended()) as Intended, 'ch_1', soon())).payment,
  declined: async () => (await store.decline((await paths.intended()) as Intended, 'expired', soon())).payment,
  refunded: async () => (await store.refund((await paths.succeeded()) as Succeeded, 're_1', soon())).payment,
};
const seen = { orderId, customerId: 'ada', amount, intendedAt, version: 1 };
const asked: Record<Move, (version: number) => ReturnType<typeof intend>> = {
  intend,
  void: voided,
  succeed: (version) => store.succeed({ ...seen, orderId, version, status: 'intended' }, 'ch_2', soon()),
  decline: (version) => store.decline({ ...seen, orderId, version, status: 'intended' }, 'late', soon()),
  intendRefund: (version) =>
    store.intendRefund({ ...seen, orderId, version, status: 'succeeded', gatewayId: 'ch_1' }, intendedAt, soon()),
  refund: (version) =>
    store.refund({ ...seen, orderId, version, status: 'succeeded', gatewayId: 'ch_1' }, 're_2', soon()),
};

test('each move is a write with a name', () => {
  expect(paymentWrites).toEqual(Object.keys(moves).map((move) => `payment.${move}`));
});

describe('a move', () => {
  const statuses = Object.keys(paths) as Payment['status'][];
  const every = (Object.keys(moves) as Move[]).flatMap((move) => statuses.map((status) => ({ move, status })));

  test.each(every)(
    '$move of a payment that is $status succeeds only where the table has it',
    async ({ move, status }) => {
      const before = await paths[status]();
      const { written, payment } = await asked[move](before.version);
      expect(written).toBe(moves[move].from === status);
      expect(payment.status).toBe(written ? moves[move].to : status);
      expect(await store.get(orderId, soon())).toMatchObject({ ...payment });
      if (!written) expect(payment).toEqual(before);
    },
  );

  test.each(['succeed', 'decline', 'intendRefund', 'refund'] as const)(
    '%s of a version that is no longer there gives what is',
    async (move) => {
      const before = await paths[moves[move].from]();
      expect(await asked[move](before.version - 1)).toEqual({ written: false, payment: before });
    },
  );

  test('counts the version up', async () => {
    const refunded = await paths.refunded();
    expect(refunded.version).toBe(3);
  });
});

describe('a write whose answer was lost', () => {
  test.each([
    ['the intent', 'PutItem', () => intend(), 'intended'],
    ['the void', 'PutItem', () => voided(), 'voided'],
  ] as const)('%s is recognised as our own', async (_what, operation, write, status) => {
    proxy.inject({ operation, fault: 'lose-answer' });
    expect(await write()).toMatchObject({ written: true, payment: { status } });
  });

  test('the result is recognised as our own', async () => {
    const intended = (await paths.intended()) as Intended;
    proxy.inject({ operation: 'UpdateItem', fault: 'lose-answer' });
    expect(await store.succeed(intended, 'ch_1', soon())).toMatchObject({
      written: true,
      payment: { status: 'succeeded', gatewayId: 'ch_1', version: 2 },
    });
  });

  test('an intent of somebody else is not', async () => {
    await intend();
    proxy.inject({ operation: 'PutItem', fault: 'lose-answer' });
    expect(await intend()).toMatchObject({ written: false });
  });
});

test('a conflict with a transaction is waited out', async () => {
  proxy.inject({ operation: 'PutItem', fault: 'conflict', times: 3 });
  expect(await intend()).toMatchObject({ written: true });
});

test('twenty intents at once leave one', async () => {
  const outcomes = await Promise.all(Array.from({ length: 20 }, intend));
  expect(outcomes.filter(({ written }) => written)).toHaveLength(1);
});
