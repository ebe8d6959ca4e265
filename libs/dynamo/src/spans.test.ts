import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { createFaultProxy, type FaultProxy, type TestTables, testTables } from './testing.ts';

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
let proxy: FaultProxy;
let tables: TestTables<'orders' | 'products'>;
beforeAll(async () => {
  provider.register();
  proxy = await createFaultProxy({ target: String(process.env.AWS_ENDPOINT_URL_DYNAMODB) });
  tables = await testTables({ orders: { key: 'orderId' }, products: { key: 'sku' } }, { endpoint: proxy.endpoint });
});
afterAll(async () => {
  await tables.drop();
  await proxy.close();
  await provider.shutdown();
});
beforeEach(() => exporter.reset());

const soon = () => Date.now() + 5000;
const put = (condition?: string) =>
  new PutCommand({ TableName: tables.names.orders, Item: { orderId: 'a' }, ConditionExpression: condition });

describe('a span', () => {
  test('covers one request, names operation, table and step, and is a child of what is running', async () => {
    const parent = trace.getTracer('test').startSpan('request');
    await context.with(trace.setSpan(context.active(), parent), () =>
      tables.dynamo.write('order.create', put(), { deadlineAt: soon() }),
    );
    const [span] = exporter.getFinishedSpans();
    expect(span).toMatchObject({
      name: `PutItem ${tables.names.orders}`,
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.UNSET },
      parentSpanContext: { spanId: parent.spanContext().spanId, traceId: parent.spanContext().traceId },
      attributes: {
        'db.system.name': 'aws.dynamodb',
        'db.operation.name': 'PutItem',
        'aws.dynamodb.table_names': [tables.names.orders],
        'shop.step': 'order.create',
      },
    });
  });

  test('of a transaction names its tables, and that of a read no step', async () => {
    const { dynamo, names } = tables;
    const items = [
      { Put: { TableName: names.orders, Item: { orderId: 'b' } } },
      { Put: { TableName: names.products, Item: { sku: 'b' } } },
    ];
    await dynamo.transact('order.both', items, { deadlineAt: soon(), token: 'span' });
    await dynamo.read(new GetCommand({ TableName: names.orders, Key: { orderId: 'b' } }), soon());
    await dynamo.batchGet(names.products, [{ sku: 'b' }], soon());
    const spans = exporter.getFinishedSpans();
    expect(spans.map(({ name }) => name)).toEqual([
      `TransactWriteItems ${names.orders} ${names.products}`,
      `GetItem ${names.orders}`,
      `BatchGetItem ${names.products}`,
    ]);
    expect(spans.map(({ attributes }) => attributes['shop.step'])).toEqual(['order.both', undefined, undefined]);
  });

  test('of a refused condition is no error, and that of an outage is', async () => {
    const { dynamo } = tables;
    await dynamo.write('order.create', put(), { deadlineAt: soon() });
    await dynamo.write('order.create', put('attribute_not_exists(orderId)'), { deadlineAt: soon() });
    proxy.inject({ fault: 'hang' });
    await dynamo.write('order.create', put(), { deadlineAt: Date.now() + 100 }).catch(() => {});
    const spans = exporter.getFinishedSpans().map(({ status, attributes }) => [status.code, attributes['error.type']]);
    expect(spans).toEqual([
      [SpanStatusCode.UNSET, undefined],
      [SpanStatusCode.UNSET, undefined],
      [SpanStatusCode.ERROR, 'AbortError'],
    ]);
  });
});
