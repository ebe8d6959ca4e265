import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { StorageUnavailable } from './dynamo.ts';
import { createFaultProxy, type FaultProxy, type TestTables, testTables } from './testing.ts';

const soon = () => Date.now() + 10_000;
let proxy: FaultProxy;
let tables: TestTables<'products'>;
beforeAll(async () => {
  proxy = await createFaultProxy({ target: String(process.env.AWS_ENDPOINT_URL_DYNAMODB) });
  tables = await testTables({ products: { key: 'sku' } }, { endpoint: proxy.endpoint });
});
afterAll(async () => {
  await tables.drop();
  await proxy.close();
});
afterEach(() => proxy.clear());

describe('a transaction', () => {
  test('writes all its items', async () => {
    await stock({ 'all-a': 5, 'all-b': 5 });
    const items = [take('all-a', 2), take('all-b', 3)];
    expect(await transact(items, 'all')).toEqual({ written: true });
    expect(await available('all-a', 'all-b')).toEqual([3, 2]);
  });

  test('refused by a condition gives the reasons in the order of its items, and writes nothing', async () => {
    await stock({ 'short-a': 5, 'short-b': 1 });
    const items = [take('short-a', 2), take('short-b', 3), take('short-none', 1)];
    expect(await transact(items, 'short')).toEqual({
      written: false,
      reasons: [
        { code: 'None' },
        { code: 'ConditionalCheckFailed', item: { sku: 'short-b', available: 1 } },
        { code: 'ConditionalCheckFailed' },
      ],
    });
    expect(await available('short-a', 'short-b')).toEqual([5, 1]);
  });

  test('that meets another transaction is sent again until it goes through', async () => {
    await stock({ conflict: 5 });
    const seen = proxy.calls().length;
    proxy.inject({ operation: 'TransactWriteItems', fault: 'conflict', times: 3 });
    expect(await transact([take('conflict', 1)], 'conflict')).toEqual({ written: true });
    expect(proxy.calls().length - seen).toBe(4);
    expect(await available('conflict')).toEqual([4]);
  });

  test('that meets other transactions until its deadline leaves the caller to decide', async () => {
    await stock({ hot: 5 });
    proxy.inject({ operation: 'TransactWriteItems', fault: 'conflict', times: Number.POSITIVE_INFINITY });
    await expect(transact([take('hot', 1)], 'hot', 150)).rejects.toThrow(StorageUnavailable);
  });

  test('whose answer was lost is applied once', async () => {
    await stock({ lost: 5 });
    const seen = proxy.calls().length;
    proxy.inject({ operation: 'TransactWriteItems', fault: 'lose-answer' });
    expect(await transact([take('lost', 2)], 'lost')).toEqual({ written: true });
    expect(proxy.calls().length - seen).toBe(2);
    expect(await available('lost')).toEqual([3]);
  });

  test('repeated by the caller with its token is applied once', async () => {
    await stock({ again: 5 });
    expect(await transact([take('again', 2)], 'again')).toEqual({ written: true });
    expect(await transact([take('again', 2)], 'again')).toEqual({ written: true });
    expect(await available('again')).toEqual([3]);
  });

  test('that is malformed is a mistake of the program', async () => {
    await stock({ twice: 5 });
    const twice = [take('twice', 1), take('twice', 1)];
    await expect(transact(twice, 'twice')).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

async function transact(items: ReturnType<typeof take>[], token: string, deadlineMs = 10_000) {
  return tables.dynamo.transact('stock.take', items, { token, deadlineAt: Date.now() + deadlineMs });
}

async function stock(products: Record<string, number>): Promise<void> {
  for (const [sku, units] of Object.entries(products)) {
    const put = new PutCommand({ TableName: tables.names.products, Item: { sku, available: units } });
    await tables.dynamo.write('stock.set', put, { deadlineAt: soon() });
  }
}

async function available(...skus: string[]): Promise<number[]> {
  const read = async (sku: string) => {
    const get = new GetCommand({ TableName: tables.names.products, Key: { sku }, ConsistentRead: true });
    return (await tables.dynamo.read(get, soon())).Item?.available;
  };
  return Promise.all(skus.map(read));
}

function take(sku: string, quantity: number) {
  return {
    Update: {
      TableName: tables.names.products,
      Key: { sku },
      UpdateExpression: 'SET available = available - :quantity',
      ConditionExpression: 'available >= :quantity',
      ExpressionAttributeValues: { ':quantity': quantity },
    },
  };
}
