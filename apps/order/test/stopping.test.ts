import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import { newOrder } from '../src/order.ts';
import { mugs, openShop, type Shop } from './shop.ts';
import { forever } from './stand-ins.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
  shop.catalog.stock.set('MUG', 100);
});
afterEach(() => shop.close());

const soon = { ANSWER_BUDGET_MS: 500 };

describe('a process that is told to stop', () => {
  test('finishes the passes that go on behind a 202', async () => {
    const process = await shop.start(soon);
    const gate = Promise.withResolvers<undefined>();
    shop.payment.scripts.charge = () => gate.promise;
    const { status, body } = await process.as('ada').place();
    expect(status).toBe(202);

    const stopped = process.stop();
    gate.resolve(undefined);
    await stopped;
    expect(await shop.stored(body.orderId)).toMatchObject({ status: 'confirmed', attempt: 1 });
  });

  test('hands over what is not done within the drain, so that another goes on at once', async () => {
    const process = await shop.start({ ...soon, DRAIN_MS: 50 });
    shop.payment.scripts.charge = (attempt) => (attempt === 1 ? forever() : undefined);
    const { body } = await process.as('ada').place();
    const lease = (await shop.stored(body.orderId)).dueAt ?? 0;
    await process.stop();
    expect((await shop.stored(body.orderId)).dueAt).toBeLessThanOrEqual(Date.now());

    const other = (await shop.start()).as('ada');
    await other.until(body.orderId, 'confirmed');
    expect(Date.now()).toBeLessThan(lease);
  });

  test('takes no more orders from the index', async () => {
    const process = await shop.start();
    process.service.drain();
    const request = { customerId: 'ada', idempotencyKey: 'key', input: mugs() };
    const order = newOrder(request, Date.now() - 6000, Date.now() - 1000);
    await shop.store.create(order, Date.now() + 1000);
    const other = await shop.start();
    await until('the order is confirmed', () => shop.stored(order.orderId), {
      fits: ({ status }) => status === 'confirmed',
    });
    expect(await process.metric('saga_recoveries_total')).toBe(0);
    expect(await other.metric('saga_recoveries_total')).toBe(1);
  });
});

test('an order that takes longer than the answer budget is settled by the same pass', async () => {
  const process = await shop.start(soon);
  const gate = Promise.withResolvers<undefined>();
  shop.payment.scripts.charge = () => gate.promise;
  const { status, body } = await process.as('ada').place();
  expect({ status, shown: body.status }).toEqual({ status: 202, shown: 'pending' });
  gate.resolve(undefined);
  await process.as('ada').until(body.orderId, 'confirmed');
  expect(await shop.stored(body.orderId)).toMatchObject({ attempt: 1, version: 2 });
});

test('with the shipped timings a payment that hangs once is answered in time and settled after the lease', async () => {
  const ada = (await shop.start({}, { shipped: true })).as('ada');
  shop.payment.scripts.charge = (attempt) => (attempt === 1 ? forever() : undefined);
  const startedAt = performance.now();
  const { status, body } = await ada.place();
  const answeredMs = performance.now() - startedAt;
  expect(status).toBe(202);
  expect(answeredMs).toBeGreaterThan(2400);
  expect(answeredMs).toBeLessThan(4000);
  await ada.until(body.orderId, 'confirmed');
  expect(performance.now() - startedAt).toBeLessThan(8000);
  expect(shop.payment.kept()).toHaveLength(1);
});
