import { PutCommand, type PutCommandInput, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createDynamo, type DynamoOptions, StorageUnavailable } from './dynamo.ts';
import { createFaultProxy, type FaultProxy, type TestTables, testTables } from './testing.ts';

const soon = () => Date.now() + 10_000;
let proxy: FaultProxy;
let tables: TestTables<'orders'>;
beforeAll(async () => {
  proxy = await createFaultProxy({ target: String(process.env.AWS_ENDPOINT_URL_DYNAMODB) });
  tables = await testTables({ orders: { key: 'orderId' } });
});
afterAll(async () => {
  await tables.drop();
  await proxy.close();
});
afterEach(() => proxy.clear());

describe('a conditional write', () => {
  test('that its condition refuses gives the stored item', async () => {
    const { dynamo } = through();
    expect(
      await dynamo.write('order.create', create('refused', 'first'), { deadlineAt: soon(), writer: 'first' }),
    ).toEqual({
      written: true,
    });
    const second = { deadlineAt: soon(), writer: 'second' };
    expect(await dynamo.write('order.create', create('refused', 'second'), second)).toEqual({
      written: false,
      stored: { orderId: 'refused', writer: 'first', version: 1, lines: [{ sku: 'M' }] },
    });
  });

  test('that asks for the new item gets it', async () => {
    const { dynamo } = through();
    expect(await dynamo.write('order.count', count('counted'), { deadlineAt: soon() })).toEqual({
      written: true,
      item: { orderId: 'counted', version: 1 },
    });
  });

  test('that meets a transaction on the item is sent again with full jitter until it goes through', async () => {
    const { dynamo, sent, jitter } = through();
    proxy.inject({ operation: 'PutItem', fault: 'conflict', times: 2 });
    expect(await dynamo.write('order.create', create('conflict', 'w'), { deadlineAt: soon() })).toEqual({
      written: true,
    });
    expect(sent()).toEqual(['PutItem', 'PutItem', 'PutItem']);
    expect(jitter()).toBeGreaterThanOrEqual(2);
  });

  test('that meets transactions until its deadline leaves the caller to decide', async () => {
    const { dynamo } = through();
    proxy.inject({ fault: 'conflict', times: Number.POSITIVE_INFINITY });
    const failure = dynamo.write('order.create', create('hot', 'w'), { deadlineAt: Date.now() + 150 });
    await expect(failure).rejects.toThrow(StorageUnavailable);
  });

  test('whose answer was lost is recognised by its writer when the repeat is refused', async () => {
    const { dynamo, sent } = through();
    proxy.inject({ operation: 'PutItem', fault: 'lose-answer' });
    const answer = await dynamo.write('order.create', create('lost', 'me'), {
      deadlineAt: soon(),
      writer: 'me',
      version: 1,
    });
    expect(answer).toEqual({
      written: true,
      item: { orderId: 'lost', writer: 'me', version: 1, lines: [{ sku: 'M' }] },
    });
    expect(sent()).toEqual(['PutItem', 'PutItem']);
  });

  test('refused by an item of its writer but of another version is no success', async () => {
    const { dynamo } = through();
    await dynamo.write('order.create', create('older', 'me'), { deadlineAt: soon() });
    const later = { deadlineAt: soon(), writer: 'me', version: 2 };
    expect(await dynamo.write('order.create', create('older', 'me'), later)).toMatchObject({ written: false });
  });
});

describe('an outage', () => {
  test('ends with the deadline when the server hangs', async () => {
    const { dynamo } = through({ requestTimeoutMs: 60_000 });
    proxy.inject({ fault: 'hang', times: Number.POSITIVE_INFINITY });
    const startedAt = Date.now();
    const failure = dynamo.write('order.create', create('hang', 'w'), { deadlineAt: startedAt + 150 });
    await expect(failure).rejects.toThrow(StorageUnavailable);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(140);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
  });

  test('of one attempt is over when the next is answered', async () => {
    const { dynamo, sent } = through({ requestTimeoutMs: 600 });
    proxy.inject({ operation: 'PutItem', fault: 'hang' });
    expect(await dynamo.write('order.create', create('once', 'w'), { deadlineAt: soon() })).toEqual({ written: true });
    expect(sent()).toEqual(['PutItem', 'PutItem']);
  });

  test.each(['cut', 'server-error', 'throttle'] as const)(
    'that outlasts every attempt is reported: %s',
    async (fault) => {
      const { dynamo } = through({ maxAttempts: 2 });
      proxy.inject({ fault, times: Number.POSITIVE_INFINITY });
      const failure = dynamo.write('order.create', create(fault, 'w'), { deadlineAt: Date.now() + 1000 });
      await expect(failure).rejects.toThrow(/^order.create: /);
      await expect(failure).rejects.toThrow(StorageUnavailable);
    },
  );

  test('includes a port where nobody listens', async () => {
    const gone = await createFaultProxy({ target: proxy.endpoint });
    await gone.close();
    const dynamo = createDynamo({ endpoint: gone.endpoint, maxAttempts: 1 });
    const failure = dynamo.write('order.create', create('refused', 'w'), { deadlineAt: soon() });
    await expect(failure).rejects.toThrow(/ECONNREFUSED/);
    await expect(failure).rejects.toThrow(StorageUnavailable);
    dynamo.close();
  });

  test('is reported without asking when the deadline had passed', async () => {
    const { dynamo, sent } = through();
    const failure = dynamo.write('order.create', create('late', 'w'), { deadlineAt: Date.now() });
    await expect(failure).rejects.toThrow(StorageUnavailable);
    expect(sent()).toEqual([]);
  });

  test('is not what a mistake of the program is', async () => {
    const { dynamo } = through();
    const absent = new PutCommand({ TableName: 'absent', Item: { orderId: 'a' } });
    await expect(dynamo.write('order.create', absent, { deadlineAt: soon() })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const keyless = new PutCommand({ TableName: tables.names.orders, Item: { id: 'a' } });
    await expect(dynamo.write('order.create', keyless, { deadlineAt: soon() })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

/** A client of its own behind the proxy, with what it sent since and how often it asked for jitter. */
function through(options: DynamoOptions = {}) {
  const seen = proxy.calls().length;
  let asked = 0;
  const random = () => {
    asked += 1;
    return 0.5;
  };
  const dynamo = createDynamo({ endpoint: proxy.endpoint, random, ...options });
  const sent = () =>
    proxy
      .calls()
      .slice(seen)
      .map(({ operation }) => operation);
  return { dynamo, sent, jitter: () => asked };
}

function create(orderId: string, writer: string): PutCommand {
  const input: PutCommandInput = {
    TableName: tables.names.orders,
    Item: { orderId, writer, version: 1, lines: [{ sku: 'M' }], absent: undefined },
    ConditionExpression: 'attribute_not_exists(orderId)',
  };
  return new PutCommand(input);
}

function count(orderId: string): UpdateCommand {
  return new UpdateCommand({
    TableName: tables.names.orders,
    Key: { orderId },
    UpdateExpression: 'ADD version :one',
    ExpressionAttributeValues: { ':one': 1 },
    ReturnValues: 'ALL_NEW',
  });
}
