import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import { type Collector, type Span, startCollector } from './src/collector.ts';
import { type Shop, startShop } from './src/shop.ts';

let collector: Collector;
let shop: Shop;
beforeAll(async () => {
  collector = await startCollector();
  shop = await startShop({ all: collector.environment, recovery: 'patient' });
  await shop.stock('MUG');
});
afterAll(async () => {
  await shop.stop();
  await collector.stop();
});

describe('an order that came in with the header of an ALB', () => {
  const traceId = `67891233${randomBytes(12).toString('hex')}`;
  let spans: Span[];
  let orderId: string;
  beforeAll(async () => {
    const root = `Root=1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
    const { status, body } = await shop.customer().order({ MUG: 1 }, { headers: { 'x-amzn-trace-id': root } });
    expect(status).toBe(201);
    orderId = body.orderId;
    spans = await until('the spans of all services have arrived', () => {
      const found = collector.spans.filter((span) => span.traceId === traceId);
      return found.length >= 13 && found;
    });
  });

  const named = (name: string) => spans.find((span) => span.name === name) as Span;
  const parentOf = (span: Span) => spans.find(({ spanId }) => spanId === span.parentSpanId);

  test('is one trace whose first span is the order, with no made-up parent', () => {
    expect(spans.filter(({ parentSpanId }) => parentSpanId === '')).toEqual([named('POST /v1/orders')]);
  });

  test.each([
    ['PUT /internal/reservations/:orderId', 'order', 'POST /v1/orders', 'order'],
    ['PUT /internal/payments/:orderId', 'order', 'POST /v1/orders', 'order'],
  ])('the call %s is a child of the order, and its server span a child of the call', (name) => {
    const [client, server] = ['order', name.includes('reservations') ? 'catalog' : 'payment'].map(
      (service) => spans.find((span) => span.name === name && span.service === service) as Span,
    );
    expect(parentOf(client as Span)).toBe(named('POST /v1/orders'));
    expect(parentOf(server as Span)).toBe(client);
  });

  test("DynamoDB's spans name table and operation, and hang below the service that asked", () => {
    const storage = spans.filter((span) => span.attributes['db.system.name'] === 'aws.dynamodb');
    expect(storage.map((span) => span.attributes['db.operation.name'])).toEqual(
      expect.arrayContaining(['PutItem', 'TransactWriteItems', 'UpdateItem']),
    );
    for (const span of storage) {
      expect(span.attributes['aws.dynamodb.table_names']).toBeDefined();
      expect(parentOf(span)?.service).toBe(span.service);
    }
  });

  test('every log line of the request carries its id', async () => {
    for (const service of [shop.order, shop.catalog, shop.payment]) {
      const line = await until('the request is logged', () =>
        service.logs().find((each) => each.trace_id === traceId && typeof each.route === 'string'),
      );
      expect(line).toMatchObject({ trace_id: traceId, span_id: expect.stringMatching(/^[0-9a-f]{16}$/) });
    }
    const ofOrder = shop.order.logs().filter((line) => line.orderId === orderId || line.route === '/v1/orders');
    expect(ofOrder.length).toBeGreaterThan(1);
    expect(ofOrder.filter((line) => line.trace_id !== traceId)).toEqual([]);
  });
});
