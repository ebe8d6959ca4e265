import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestTables, testTables } from './testing.ts';

let tables: TestTables<'orders'>;
beforeAll(async () => {
  tables = await testTables({ orders: { key: 'orderId' } });
});
afterAll(() => tables.drop());

describe('a conditional write', () => {
  test('that its condition refuses gives the stored item', async () => {
    const { dynamo, names } = tables;
    const put = (writer: string) =>
      dynamo.write(
        'order.create',
        new PutCommand({
          TableName: names.orders,
          Item: { orderId: 'refused', writer, version: 1, lines: [{ sku: 'M' }] },
          ConditionExpression: 'attribute_not_exists(orderId)',
        }),
        { deadlineAt: Date.now() + 5000, writer, version: 1 },
      );
    expect(await put('first')).toEqual({ written: true });
    expect(await put('second')).toEqual({
      written: false,
      stored: { orderId: 'refused', writer: 'first', version: 1, lines: [{ sku: 'M' }] },
    });
  });

  test('that asks for the new item gets it', async () => {
    const { dynamo, names } = tables;
    const update = new UpdateCommand({
      TableName: names.orders,
      Key: { orderId: 'counted' },
      UpdateExpression: 'ADD version :one',
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'ALL_NEW',
    });
    const answer = await dynamo.write('order.count', update, { deadlineAt: Date.now() + 5000 });
    expect(answer).toEqual({ written: true, item: { orderId: 'counted', version: 1 } });
  });
});
