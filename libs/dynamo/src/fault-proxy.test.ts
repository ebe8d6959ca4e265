import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createFaultProxy,
  type FaultProxy,
  serialRoundTrips,
  type TestTables,
  testTables,
  writeUnits,
} from './testing.ts';

const soon = () => Date.now() + 5000;
let proxy: FaultProxy;
let tables: TestTables<'items'>;
beforeAll(async () => {
  proxy = await createFaultProxy({ target: String(process.env.AWS_ENDPOINT_URL_DYNAMODB), countCapacity: true });
  const definition = { key: 'id', indexes: { byColour: { key: 'colour', project: 'keys' } } } as const;
  tables = await testTables({ items: definition }, { endpoint: proxy.endpoint });
});
afterAll(async () => {
  await tables.drop();
  await proxy.close();
});

const put = (id: string, colour?: string) => ({ TableName: tables.names.items, Item: { id, colour } });

describe('the log of the fault proxy', () => {
  test('counts calls that wait for one another, and calls side by side once', async () => {
    const { dynamo, names } = tables;
    const seen = proxy.calls().length;
    const get = () => dynamo.read(new GetCommand({ TableName: names.items, Key: { id: 'absent' } }), soon());
    await dynamo.write('item.put', new PutCommand(put('serial')), { deadlineAt: soon() });
    proxy.inject({ operation: 'GetItem', fault: { delayMs: 300 }, times: 3 });
    await Promise.all([get(), get(), get()]);
    await get();
    const calls = proxy.calls().slice(seen);
    expect(calls.map(({ operation }) => operation)).toEqual(['PutItem', 'GetItem', 'GetItem', 'GetItem', 'GetItem']);
    expect(calls[0]).toMatchObject({ tables: [names.items], itemCount: 1, status: 200 });
    expect(serialRoundTrips(calls)).toBe(3);
  });

  test('has the end of a call without an answer too', async () => {
    const { dynamo } = tables;
    const seen = proxy.calls().length;
    proxy.inject({ operation: 'PutItem', fault: 'lose-answer' });
    await dynamo.write('item.put', new PutCommand(put('lost')), { deadlineAt: soon() });
    const calls = proxy.calls().slice(seen);
    expect(calls.map(({ status }) => status)).toEqual([undefined, 200]);
    expect(serialRoundTrips(calls)).toBe(2);
  });

  test('tells the write units that AWS bills: indexes too, and two for an item of a transaction', async () => {
    const { dynamo } = tables;
    const seen = proxy.calls().length;
    await dynamo.write('item.put', new PutCommand(put('indexed', 'red')), { deadlineAt: soon() });
    const items = [{ Put: put('first') }, { Put: put('second') }];
    await dynamo.transact('item.both', items, { deadlineAt: soon(), token: 'units' });
    await dynamo.batchGet(tables.names.items, [{ id: 'first' }, { id: 'second' }], soon());
    const calls = proxy.calls().slice(seen);
    expect(calls.map(writeUnits)).toEqual([2, 4, 0]);
    expect(calls.map(({ itemCount }) => itemCount)).toEqual([1, 2, 2]);
  });
});
