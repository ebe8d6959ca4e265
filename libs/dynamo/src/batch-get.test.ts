import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createFaultProxy, type FaultProxy, type TestTables, testTables } from './testing.ts';

const soon = () => Date.now() + 10_000;
let proxy: FaultProxy;
let tables: TestTables<'products'>;
beforeAll(async () => {
  proxy = await createFaultProxy({ target: String(process.env.AWS_ENDPOINT_URL_DYNAMODB) });
  tables = await testTables({ products: { key: 'sku', sortKey: { number: 'size' } } }, { endpoint: proxy.endpoint });
  const documents = DynamoDBDocumentClient.from(tables.dynamo.client);
  for (let start = 0; start < 250; start += 25) {
    const puts = Array.from({ length: 25 }, (_, index) => ({ PutRequest: { Item: item(start + index) } }));
    await documents.send(new BatchWriteCommand({ RequestItems: { [tables.names.products]: puts } }));
  }
});
afterAll(async () => {
  await tables.drop();
  await proxy.close();
});
afterEach(() => proxy.clear());

const key = (size: number) => ({ sku: `S-${size % 7}`, size });
const item = (size: number) => ({ ...key(size), name: `number ${size}` });
const sizes = Array.from({ length: 250 }, (_, index) => (index * 77) % 250);

describe('reading a batch of keys', () => {
  test('gives the items found in the order of the keys, in requests of 100', async () => {
    const seen = proxy.calls().length;
    const found = await tables.dynamo.batchGet(tables.names.products, [key(900), ...sizes.map(key)], soon());
    expect(found).toEqual(sizes.map(item));
    const counts = proxy
      .calls()
      .slice(seen)
      .map(({ itemCount }) => itemCount);
    expect(counts.sort((a, b) => a - b)).toEqual([51, 100, 100]);
  });

  test('asks again for the keys that were left unprocessed', async () => {
    const seen = proxy.calls().length;
    proxy.inject({ operation: 'BatchGetItem', fault: 'unprocessed', times: 2 });
    expect(await tables.dynamo.batchGet(tables.names.products, sizes.slice(0, 40).map(key), soon())).toEqual(
      sizes.slice(0, 40).map(item),
    );
    const counts = proxy
      .calls()
      .slice(seen)
      .map(({ itemCount }) => itemCount);
    expect(counts).toEqual([40, 20, 10]);
  });

  test('gives up at the deadline when keys stay unprocessed', async () => {
    proxy.inject({ operation: 'BatchGetItem', fault: 'unprocessed', times: Number.POSITIVE_INFINITY });
    const reading = tables.dynamo.batchGet(tables.names.products, sizes.map(key), Date.now() + 200);
    await expect(reading).rejects.toMatchObject({ name: 'StorageUnavailable' });
  });

  test('reads a repeated key once', async () => {
    expect(await tables.dynamo.batchGet(tables.names.products, [key(3), key(4), key(3)], soon())).toEqual([
      item(3),
      item(4),
    ]);
  });

  test('of no keys asks nothing', async () => {
    const seen = proxy.calls().length;
    expect(await tables.dynamo.batchGet(tables.names.products, [], soon())).toEqual([]);
    expect(proxy.calls().length).toBe(seen);
  });
});
