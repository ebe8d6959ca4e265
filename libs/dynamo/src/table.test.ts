import { DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { createTable, type TableDefinition, toCreateTableInput } from './dynamo.ts';
import { testTables } from './testing.ts';

const orders: TableDefinition = {
  key: 'orderId',
  indexes: {
    byCustomer: { key: 'customerId', sortKey: 'createdAt', project: 'keys' },
    open: { key: { number: 'openShard' }, sortKey: { number: 'dueAt' }, project: ['status'] },
  },
  ttlAttribute: 'ttl',
};

describe('a table definition', () => {
  test('becomes what CreateTable takes, each key attribute declared once', () => {
    expect(
      toCreateTableInput('orders', { ...orders, indexes: { ...orders.indexes, byOrder: { key: 'orderId' } } }),
    ).toEqual({
      TableName: 'orders',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: 'orderId', AttributeType: 'S' },
        { AttributeName: 'customerId', AttributeType: 'S' },
        { AttributeName: 'createdAt', AttributeType: 'S' },
        { AttributeName: 'openShard', AttributeType: 'N' },
        { AttributeName: 'dueAt', AttributeType: 'N' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byCustomer',
          KeySchema: [
            { AttributeName: 'customerId', KeyType: 'HASH' },
            { AttributeName: 'createdAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'open',
          KeySchema: [
            { AttributeName: 'openShard', KeyType: 'HASH' },
            { AttributeName: 'dueAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['status'] },
        },
        {
          IndexName: 'byOrder',
          KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
  });
});

describe('creating a table', () => {
  test('again, also side by side, changes nothing and leaves its TTL on', async () => {
    const { dynamo, names, drop } = await testTables({ orders });
    await Promise.all([1, 2, 3].map(() => createTable(dynamo, names.orders, orders)));
    const ttl = await dynamo.client.send(new DescribeTimeToLiveCommand({ TableName: names.orders }));
    expect(ttl.TimeToLiveDescription).toEqual({ AttributeName: 'ttl', TimeToLiveStatus: 'ENABLED' });
    await drop();
  });

  test('fails when one of that name has other keys', async () => {
    const { dynamo, names, drop } = await testTables({ orders: { key: 'id' } });
    await expect(createTable(dynamo, names.orders, orders)).rejects.toThrow(
      `table ${names.orders} exists with other keys or indexes: id, not orderId; byCustomer customerId createdAt; open openShard dueAt`,
    );
    await drop();
  });
});
