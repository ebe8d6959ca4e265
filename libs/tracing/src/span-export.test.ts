import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { trace } from '@opentelemetry/api';
import { startCollector } from '../test/collector.ts';
import { messagesAt } from '../test/protobuf.ts';
import { startTracing, type Tracing } from './tracing.ts';

let collector: Awaited<ReturnType<typeof startCollector>>;
let tracing: Tracing | undefined;

beforeEach(async () => {
  collector = await startCollector();
});

afterEach(async () => {
  await tracing?.stop(1_000);
  tracing = undefined;
  await collector.stop();
});

function start(environment: Record<string, string> = {}) {
  tracing = startTracing({
    service: 'catalog',
    version: '1',
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      ...environment,
    },
  });
  return tracing;
}

function endSpans(count: number): void {
  for (let span = 0; span < count; span++) trace.getTracer('test').startSpan(`span ${span}`).end();
}

test('spans go to the endpoint with its headers, as protobuf unless told otherwise', async () => {
  const { stop } = start({
    OTEL_EXPORTER_OTLP_PROTOCOL: '',
    OTEL_EXPORTER_OTLP_HEADERS: 'Api-Key=a%20b, x-tenant=shop',
  });
  endSpans(2);
  await stop(5_000);
  const [request] = collector.requests;
  expect(request).toMatchObject({
    path: '/v1/traces',
    headers: { 'content-type': 'application/x-protobuf', 'api-key': 'a b', 'x-tenant': 'shop' },
  });
  const names = messagesAt(request?.body ?? Buffer.alloc(0), 1, 2, 2, 5);
  expect(names.map(String)).toEqual(['span 0', 'span 1']);
});

test('an endpoint for traces is used as it is', async () => {
  const { stop } = start({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.endpoint}/custom` });
  endSpans(1);
  await stop(5_000);
  expect(collector.requests.map(({ path }) => path)).toEqual(['/custom']);
});

test('a protocol that we do not speak is refused at the start', () => {
  expect(() => start({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toThrow('http/json or http/protobuf');
});

test('a batch that is old enough is sent without being asked for', async () => {
  start({ OTEL_BSP_SCHEDULE_DELAY: '20' });
  endSpans(1);
  await collector.received(1);
  expect(collector.spans()).toHaveLength(1);
});

test('full batches are sent at once, and no span is lost or sent twice', async () => {
  const { stop } = start();
  endSpans(3_000);
  await collector.received(1);
  await stop(5_000);
  expect(collector.requests.length).toBeGreaterThan(1);
  expect(new Set(collector.spans().map(({ name }) => name)).size).toBe(3_000);
  expect(collector.spans()).toHaveLength(3_000);
});

test('an export is repeated while the collector is busy', async () => {
  collector.answers.push(503, 429);
  const { stop } = start();
  endSpans(1);
  await stop(10_000);
  expect(collector.requests).toHaveLength(3);
});

test('an export that the collector refuses is not repeated', async () => {
  collector.answers.push(400);
  const { stop } = start();
  endSpans(1);
  await stop(5_000);
  expect(collector.requests).toHaveLength(1);
});

test('a collector that takes spans and never answers costs spans, not memory', async () => {
  collector.hang();
  const { stop } = start();
  endSpans(30_000);
  const before = process.memoryUsage().arrayBuffers;
  endSpans(30_000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * 1024 * 1024);
  await stop(100);
  expect(collector.requests.length).toBeLessThanOrEqual(8);
});
