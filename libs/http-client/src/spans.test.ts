import type { IncomingHttpHeaders } from 'node:http';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { Type } from 'typebox';
import { type Peer, startPeer } from '../test/peer.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';

const exporter = new InMemorySpanExporter();
let peer: Peer;
let client: HttpClient;
let received: IncomingHttpHeaders;
let status: number;

beforeAll(() => {
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
});
beforeEach(async () => {
  exporter.reset();
  status = 200;
  peer = await startPeer((request, response) => {
    received = request.headers;
    response.writeHead(status).end('{}');
  });
  client = createHttpClient({ peer: 'payment', baseUrl: peer.baseUrl });
});
afterEach(async () => {
  await client.close();
  await peer.close();
});

describe('the span of a request', () => {
  test('is a child of what is running, and the peer is told to go on from it', async () => {
    const parent = trace.getTracer('test').startSpan('POST /v1/orders');
    await context.with(trace.setSpan(context.active(), parent), charge);
    const [span] = exporter.getFinishedSpans();
    expect(span?.parentSpanContext).toMatchObject({ spanId: parent.spanContext().spanId });
    expect(received.traceparent).toBe(`00-${parent.spanContext().traceId}-${span?.spanContext().spanId}-01`);
  });

  test('is named by method and route pattern, never by the path', async () => {
    await charge();
    expect(exporter.getFinishedSpans()).toMatchObject([
      {
        name: 'PUT /internal/payments/:orderId',
        kind: SpanKind.CLIENT,
        status: { code: SpanStatusCode.UNSET },
        attributes: {
          'http.request.method': 'PUT',
          'url.template': '/internal/payments/:orderId',
          'http.response.status_code': 200,
          'server.address': '127.0.0.1',
          'server.port': Number(new URL(peer.baseUrl).port),
          'shop.step': 'payment.charge',
        },
      },
    ]);
  });

  test('of an unexpected answer is an error with its status', async () => {
    status = 503;
    await charge().catch(() => {});
    expect(exporter.getFinishedSpans()).toMatchObject([
      {
        status: { code: SpanStatusCode.ERROR },
        attributes: { 'http.response.status_code': 503, 'error.type': 'status' },
      },
    ]);
  });
});

function charge() {
  return client.request({
    name: 'payment.charge',
    method: 'PUT',
    path: '/internal/payments/ord_1',
    route: '/internal/payments/:orderId',
    body: {},
    deadlineAt: Date.now() + 5000,
    replies: { 200: Type.Object({}) },
  });
}
