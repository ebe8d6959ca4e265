import { request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { context, propagation, trace } from '@opentelemetry/api';
import fastify, { type FastifyInstance } from 'fastify';
import { attributesOf, startCollector } from '../test/collector.ts';
import { startTracing, type Tracing } from './tracing.ts';

const traceId = '5759e988bd862e3fe1be46a994272793';
const parentId = '53995c3f42cd8ad8';

type Answer = { traceId: string; spanId: string; sent: Record<string, string> };

async function ask(url: string, options?: RequestInit): Promise<Answer> {
  return (await (await fetch(url, options)).json()) as Answer;
}

let collector: Awaited<ReturnType<typeof startCollector>>;
let tracing: Tracing;
let app: FastifyInstance;
let spansAfterAnswer: unknown[];

beforeEach(async () => {
  collector = await startCollector();
});

afterEach(async () => {
  await app.close();
  await tracing.stop(1_000);
  await collector.stop();
});

/** A service that answers with the ids that its handler sees and with the headers that it would send to a callee. */
async function start(environment: Record<string, string> = {}) {
  tracing = startTracing({
    service: 'catalog',
    version: '1.2.3',
    taskAttributes: {
      taskArn: 'arn:aws:ecs:eu-west-1:1:task/shop/abc',
      family: 'catalog',
      revision: '7',
      availabilityZone: 'eu-west-1a',
    },
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      ...environment,
    },
  });
  app = fastify();
  await app.register(tracing.plugin);
  spansAfterAnswer = [];
  app.addHook('onResponse', async () => {
    spansAfterAnswer.push(trace.getActiveSpan()?.spanContext().spanId);
  });
  const seen = async () => {
    const sent: Record<string, string> = {};
    propagation.inject(context.active(), sent);
    return { ...trace.getActiveSpan()?.spanContext(), sent };
  };
  app.get('/v1/products/:sku', seen);
  app.put('/v1/products/:sku', seen);
  app.get('/livez', async () => trace.getTracer('test').startActiveSpan('Query orders', (span) => span.end()));
  app.get('/fails', async () => {
    throw Object.assign(new Error('charge of pm_approve failed'), { code: 'GATEWAY_AWAY' });
  });
  app.get('/hangs', () => new Promise(() => {}));
  await app.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

async function exported() {
  await tracing.stop(5_000);
  return collector.spans();
}

test('a request is a server span named by its route, with its status and its origin', async () => {
  const url = await start();
  await fetch(`${url}/v1/products/kettle?secret=1`);
  const [span] = await exported();
  expect(span).toMatchObject({ name: 'GET /v1/products/:sku', kind: 2 });
  expect(attributesOf(span?.attributes ?? [])).toEqual({
    'http.request.method': 'GET',
    'url.scheme': 'http',
    'http.route': '/v1/products/:sku',
    'http.response.status_code': '200',
  });
  expect(BigInt(span?.endTimeUnixNano ?? 0) >= BigInt(span?.startTimeUnixNano ?? 1)).toBe(true);
  expect(collector.resource()).toMatchObject({
    'service.name': 'catalog',
    'service.version': '1.2.3',
    'cloud.provider': 'aws',
    'cloud.availability_zone': 'eu-west-1a',
    'aws.ecs.task.arn': 'arn:aws:ecs:eu-west-1:1:task/shop/abc',
    'aws.ecs.task.family': 'catalog',
    'aws.ecs.task.revision': '7',
  });
});

test.each([
  ['W3C', { traceparent: `00-${traceId}-${parentId}-01` }],
  ['X-Ray', { 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1' }],
])('a %s caller is the parent, and the callee is told both ways', async (_name, headers) => {
  const url = await start();
  const answer = await ask(`${url}/v1/products/kettle`, { headers });
  expect(answer).toMatchObject({
    traceId,
    sent: {
      traceparent: `00-${traceId}-${answer.spanId}-01`,
      'x-amzn-trace-id': `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=${answer.spanId};Sampled=1`,
    },
  });
  expect(await exported()).toMatchObject([{ traceId, parentSpanId: parentId, spanId: answer.spanId }]);
});

test.each([
  'Root=1-5759e988-bd862e3fe1be46a994272793',
  'Self=1-67891234-12456789abcdef012345678;Root=1-5759e988-bd862e3fe1be46a994272793',
])(
  'the balancer names the trace (%s) and no parent is made up; the next request has a trace of its own',
  async (header) => {
    const url = await start();
    await fetch(`${url}/v1/products/kettle`, { headers: { 'x-amzn-trace-id': header } });
    await fetch(`${url}/v1/products/kettle`);
    const [first, second] = await exported();
    expect(first?.traceId).toBe(traceId);
    expect(first).not.toHaveProperty('parentSpanId');
    expect(second?.traceId).not.toBe(traceId);
  },
);

test('the span is active in a handler that had a body to wait for', async () => {
  const url = await start();
  const answer = await ask(`${url}/v1/products/kettle`, {
    method: 'PUT',
    body: '{"name":"Kettle"}',
    headers: { 'content-type': 'application/json' },
  });
  expect(await exported()).toMatchObject([{ traceId: answer.traceId, spanId: answer.spanId }]);
});

test('hooks that run after the answer still see the span', async () => {
  const url = await start();
  const answer = await ask(`${url}/v1/products/kettle`);
  await app.close();
  expect(spansAfterAnswer).toEqual([answer.spanId]);
});

test('a failure is marked with the kind of its error, and with nothing of its text', async () => {
  const url = await start();
  await fetch(`${url}/fails`);
  const spans = await exported();
  expect(spans).toMatchObject([{ status: { code: 2 } }]);
  expect(attributesOf(spans[0]?.attributes ?? [])).toMatchObject({
    'error.type': 'GATEWAY_AWAY',
    'http.response.status_code': '500',
  });
  expect(collector.requests[0]?.body.toString()).not.toContain('pm_approve');
});

test('an attribute that is no number does not spoil the export of its batch', async () => {
  await start();
  trace
    .getTracer('test')
    .startSpan('odd', { attributes: { nan: Number.NaN, endless: -Infinity, half: 0.5 } })
    .end();
  const [span] = await exported();
  expect(span?.attributes.map(({ value }) => value)).toEqual([
    { doubleValue: 'NaN' },
    { doubleValue: '-Infinity' },
    { doubleValue: 0.5 },
  ]);
});

test('a client that hangs up ends its span', async () => {
  const url = await start();
  const arrived = new Promise<void>((resolve) => app.server.once('request', () => resolve()));
  const closed = new Promise((resolve) => app.server.once('connection', (socket) => socket.once('close', resolve)));
  const request = send(`${url}/hangs`).on('error', () => {});
  request.end();
  await arrived;
  request.destroy();
  await closed;
  const spans = await exported();
  expect(attributesOf(spans[0]?.attributes ?? [])).toMatchObject({ 'http.route': '/hangs', 'error.type': 'aborted' });
});

test('probes leave no span, nor does what they ask of others', async () => {
  const url = await start();
  await fetch(`${url}/livez`);
  expect(await exported()).toEqual([]);
});

test('without an endpoint nothing is recorded and every request has ids, those of its caller if it has one', async () => {
  const url = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: '' });
  const own = await ask(`${url}/v1/products/kettle`);
  const called = await ask(`${url}/v1/products/kettle`, { headers: { traceparent: `00-${traceId}-${parentId}-01` } });
  expect(own).toMatchObject({
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
    traceFlags: 0,
  });
  expect(called.traceId).toBe(traceId);
  expect(await exported()).toEqual([]);
});

test.each([
  [{ OTEL_TRACES_SAMPLER: 'always_off' }, 0],
  [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }, 0],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }, 1],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_always_off' }, 1],
  [{ OTEL_TRACES_SAMPLER: 'always_on' }, 1],
])('sampling follows %j: a sampled caller gives %i spans', async (environment, count) => {
  const url = await start(environment);
  await fetch(`${url}/v1/products/kettle`, { headers: { traceparent: `00-${traceId}-${parentId}-01` } });
  expect(await exported()).toHaveLength(count);
});

test('a collector that is away neither fails nor delays a request, and the shutdown waits no longer than told', async () => {
  const url = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  expect((await fetch(`${url}/v1/products/kettle`)).status).toBe(200);
  const started = performance.now();
  await tracing.stop(50);
  expect(performance.now() - started).toBeLessThan(5_000);
});
