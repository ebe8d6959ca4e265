import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFaultProxy, type FaultProxy, serialRoundTrips } from '@shop/dynamo/testing';
import { orderIdOf } from '../src/order-id.ts';
import { mugs, openShop, type Shop } from './shop.ts';

let shop: Shop;
let proxy: FaultProxy;
let process: Awaited<ReturnType<Shop['start']>>;
let ada: ReturnType<typeof process.as>;
beforeEach(async () => {
  shop = await openShop();
  shop.catalog.stock.set('MUG', 100);
  proxy = await createFaultProxy({ target: String(globalThis.process.env.AWS_ENDPOINT_URL_DYNAMODB) });
  process = await shop.start({ ANSWER_BUDGET_MS: 1200, RECOVERY_INTERVAL_MS: 60_000 }, { endpoint: proxy.endpoint });
  ada = process.as('ada');
});
afterEach(async () => {
  await shop.close();
  await proxy.close();
});

describe('when DynamoDB is away', () => {
  test('before the first write is known, the customer is told to repeat the key, which then works', async () => {
    proxy.inject({ operation: 'PutItem', times: Number.POSITIVE_INFINITY, fault: 'hang' });
    const answer = await ada.place(mugs(), 'unknown');
    expect(answer).toMatchObject({ status: 503, body: { code: 'ORDER_OUTCOME_UNKNOWN' } });
    expect(answer.headers.get('retry-after')).toBe('1');
    proxy.clear();
    expect((await ada.place(mugs(), 'unknown')).status).toBe(201);
  });

  test('after the first write, the order is open and its answer is 202', async () => {
    shop.payment.scripts.charge = () => {
      proxy.inject({ operation: 'PutItem', times: Number.POSITIVE_INFINITY, fault: 'cut' });
      return undefined;
    };
    const answer = await ada.place(mugs(), 'open');
    expect(answer).toMatchObject({ status: 202, body: { orderId: orderIdOf('ada', 'open'), status: 'pending' } });
    proxy.clear();
    expect(await shop.stored(answer.body.orderId)).toMatchObject({ status: 'pending', version: 1 });
  });

  test('reading says so, and the task stays ready', async () => {
    const { body } = await ada.place();
    proxy.inject({ times: Number.POSITIVE_INFINITY, fault: 'cut' });
    expect(await ada.read(body.orderId)).toMatchObject({ status: 503, body: { code: 'ORDER_UNAVAILABLE' } });
    expect((await fetch(`${process.url}/readyz`)).status).toBe(200);
  });
});

test.each(['create', 'decide'])('an answer of DynamoDB that is lost does not change ours: %s', async (write) => {
  const lose = () => proxy.inject({ operation: 'PutItem', fault: 'lose-answer' });
  if (write === 'create') lose();
  shop.payment.scripts.charge = () => {
    if (write === 'decide') lose();
    return undefined;
  };
  const answer = await ada.place();
  expect(answer.status).toBe(201);
  expect(answer.headers.get('idempotent-replayed')).toBeNull();
});

test('placing an order takes two round trips to DynamoDB, and reads nothing', async () => {
  await ada.place();
  const before = proxy.calls().length;
  expect((await ada.place()).status).toBe(201);
  const calls = proxy.calls().slice(before);
  expect(calls.map(({ operation }) => operation)).toEqual(['PutItem', 'PutItem']);
  expect(serialRoundTrips(calls)).toBe(2);
});
