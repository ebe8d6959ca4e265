import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Step } from './dynamo.ts';
import { createFaultProxy, type FaultProxy, type TestTables, testTables } from './testing.ts';

let proxy: FaultProxy;
let tables: TestTables<'orders'>;
let seen: unknown[] = [];
const listener = (message: unknown) => {
  const { name, phase } = message as Step;
  seen.push(`${phase} ${name}, ${writes()} answered`);
};
const writes = () => proxy.calls().filter(({ operation, status }) => operation === 'PutItem' && status).length;

beforeAll(async () => {
  proxy = await createFaultProxy({ target: String(process.env.AWS_ENDPOINT_URL_DYNAMODB) });
  tables = await testTables({ orders: { key: 'orderId' } }, { endpoint: proxy.endpoint });
});
afterAll(async () => {
  await tables.drop();
  await proxy.close();
});
beforeEach(() => {
  seen = [];
  subscribe('shop.step', listener);
});
afterEach(() => {
  proxy.clear();
  unsubscribe('shop.step', listener);
});

describe('the channel shop.step', () => {
  test('tells a write before it is sent and after it is answered', async () => {
    const before = writes();
    await put('order.create', 5000);
    expect(seen).toEqual([`before order.create, ${before} answered`, `after order.create, ${before + 1} answered`]);
  });

  test('tells a write once, however often it was sent', async () => {
    const before = writes();
    proxy.inject({ operation: 'PutItem', fault: 'conflict', times: 2 });
    await put('order.confirm', 5000);
    expect(seen).toEqual([`before order.confirm, ${before} answered`, `after order.confirm, ${before + 3} answered`]);
  });

  test('has no after for a write without an answer', async () => {
    const before = writes();
    proxy.inject({ operation: 'PutItem', fault: 'hang' });
    await expect(put('order.reject', 100)).rejects.toMatchObject({ name: 'StorageUnavailable' });
    expect(seen).toEqual([`before order.reject, ${before} answered`]);
  });
});

function put(name: string, deadlineMs: number) {
  const command = new PutCommand({ TableName: tables.names.orders, Item: { orderId: name } });
  return tables.dynamo.write(name, command, { deadlineAt: Date.now() + deadlineMs });
}
