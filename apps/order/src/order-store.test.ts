import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createDynamo, type Dynamo } from '@shop/dynamo';
import { createFaultProxy, type FaultProxy, testTables, writeUnits } from '@shop/dynamo/testing';
import { type MoveName, moveOrder, moves, newOrder, type Order } from './order.ts';
import { createOrderStore, type OrderStore, ordersTable, orderWrites } from './order-store.ts';

let tables: Awaited<ReturnType<typeof testTables<'orders'>>>;
let proxy: FaultProxy;
let dynamo: Dynamo;
let store: OrderStore;
beforeAll(async () => {
  tables = await testTables({ orders: ordersTable });
  proxy = await createFaultProxy({ target: String(process.env.AWS_ENDPOINT_URL_DYNAMODB), countCapacity: true });
  dynamo = createDynamo({ endpoint: proxy.endpoint });
  store = createOrderStore(dynamo, tables.names.orders);
});
afterEach(() => proxy.clear());
afterAll(async () => {
  dynamo.close();
  await proxy.close();
  await tables.drop();
});

const soon = () => Date.now() + 5000;
let made = 0;

function anOrder(changes: Partial<Order> = {}): Order {
  made += 1;
  const input = { lines: [{ sku: 'MUG', quantity: 1 }], paymentMethod: 'pm_approve' };
  return { ...newOrder({ customerId: 'ada', idempotencyKey: `key-${made}`, input }, 1000 + made, 6000), ...changes };
}

async function stored(changes: Partial<Order> = {}): Promise<Order> {
  const order = anOrder(changes);
  expect(await store.create(order, soon())).toMatchObject({ saved: true });
  return order;
}

const leavingPending = Object.keys(moves).filter((name) => moves[name as MoveName].from === 'pending') as MoveName[];

describe('creating an order', () => {
  test('that exists gives the one that is there', async () => {
    const order = await stored();
    const other = { ...order, requestHash: 'other' };
    const again = await store.create(other, soon());
    expect(again).toMatchObject({ saved: false, order: { requestHash: order.requestHash } });
  });

  test('is recognised as our own when its answer was lost', async () => {
    const before = proxy.calls().length;
    proxy.inject({ operation: 'PutItem', fault: 'lose-answer' });
    const order = anOrder();
    expect(await store.create(order, soon())).toEqual({ saved: true, order });
    expect(proxy.calls().slice(before)).toHaveLength(2);
  });
});

describe('saving an order', () => {
  test.each(leavingPending)('by %s replaces the version it has seen, and no other', async (name) => {
    const order = await stored();
    const next = moveOrder(order, name);
    expect(await store.save(name, next, soon())).toMatchObject({ saved: true });
    expect(await store.get(order.orderId, soon())).toMatchObject({ status: next.status, version: 2 });

    const late = await store.save(name, { ...next, reason: 'mixed_currency' }, soon());
    expect(late).toMatchObject({ saved: false, order: { version: 2 } });
    expect(await store.get(order.orderId, soon())).not.toHaveProperty('reason');
  });

  test.each(leavingPending)('by %s minds a cancellation that it has not seen', async (name) => {
    const order = await stored({ cancelRequested: true });
    const { cancelRequested, ...blind } = order;
    const answer = await store.save(name, moveOrder(blind, name), soon());
    expect(answer.saved).toBe(name === 'abandon');
  });

  test('is recognised as our own when its answer was lost', async () => {
    const order = await stored();
    proxy.inject({ operation: 'PutItem', fault: 'lose-answer' });
    expect(await store.save('confirm', moveOrder(order, 'confirm'), soon())).toMatchObject({ saved: true });
  });

  test('an order that was never created is a mistake', async () => {
    const order = anOrder();
    await expect(store.save('postpone', { ...order, version: 2 }, soon())).rejects.toThrow('vanished');
  });
});

describe('a lease', () => {
  test('goes to one of many that saw the same due time', async () => {
    const order = await stored();
    const seen = { orderId: order.orderId, dueAt: 6000 };
    const leases = await Promise.all([7001, 7002, 7003, 7004].map((until) => store.lease(seen, until, soon())));
    const [lease, ...others] = leases.filter((leased) => leased !== undefined);
    expect(others).toEqual([]);
    expect(lease).toMatchObject({ attempt: 2, version: 2, customerId: 'ada', dueAt: expect.any(Number) });
    expect(await store.get(order.orderId, soon())).toEqual(lease);
  });

  test('is not granted on an order that is closed', async () => {
    const order = await stored();
    await store.save('confirm', moveOrder(order, 'confirm'), soon());
    expect(await store.lease({ orderId: order.orderId, dueAt: 6000 }, 7000, soon())).toBeUndefined();
  });

  test('is recognised as our own when its answer was lost', async () => {
    const order = await stored();
    proxy.inject({ operation: 'UpdateItem', fault: 'lose-answer' });
    const leased = await store.lease({ orderId: order.orderId, dueAt: 6000 }, 7000, soon());
    expect(leased).toMatchObject({ attempt: 2, dueAt: 7000 });
  });
});

test('the open index holds an order from its creation until it is closed', async () => {
  const order = await stored();
  const shard = order.openShard ?? 0;
  const mine = async () => (await store.listOpen(shard, soon())).filter(({ orderId }) => orderId === order.orderId);
  expect(await mine()).toMatchObject([{ dueAt: 6000 }]);
  const releasing = moveOrder(order, 'decline');
  await store.save('decline', releasing, soon());
  expect(await mine()).toMatchObject([{ dueAt: 6000 }]);
  await store.save('finish-release', moveOrder(releasing, 'finish-release'), soon());
  expect(await mine()).toEqual([]);
});

test('an order costs three write units to place and two to decide, and no read', async () => {
  const before = proxy.calls().length;
  const order = await stored();
  await store.save('confirm', moveOrder(order, 'confirm'), soon());
  const calls = proxy.calls().slice(before);
  expect(calls.map(({ operation }) => operation)).toEqual(['PutItem', 'PutItem']);
  expect(calls.map(writeUnits)).toEqual([3, 2]);
});

test('every write has a name of its own', () => {
  expect(new Set(orderWrites).size).toBe(orderWrites.length);
  expect(orderWrites).toContain('order.confirm');
});
