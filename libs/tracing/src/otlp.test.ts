import { afterAll, describe, expect, test } from '@jest/globals';
import {
  context,
  createTraceState,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { decodeWhole, type Shape } from '../test/protobuf.ts';
import { otlpJson } from './otlp-json.ts';
import { otlpProtobuf } from './otlp-protobuf.ts';
import type { SpanFormat } from './span-format.ts';

afterAll(() => context.disable());

/** Spans of the real SDK that use all that a span can hold. */
function endedSpans(): ReadableSpan[] {
  const ended: ReadableSpan[] = [];
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'catalog', 'service.version': '1' }),
    spanProcessors: [
      { onStart() {}, onEnd: (span) => void ended.push(span), forceFlush: async () => {}, shutdown: async () => {} },
    ],
  });
  const tracer = provider.getTracer('scope', '1.2');
  const other = provider.getTracer('other');
  const caller = {
    traceId: 'ffeeddccbbaa99887766554433221100',
    spanId: '8899aabbccddeeff',
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
    traceState: createTraceState('vendor=1'),
  };
  const child = tracer.startSpan(
    'GET /v1/products/:sku',
    { kind: SpanKind.SERVER, links: [{ context: caller, attributes: { why: 'retry' } }] },
    trace.setSpanContext(ROOT_CONTEXT, caller),
  );
  child.setAttributes({
    text: 'plain',
    'quoted "text"': 'line\nbreak \\ and ü, €, 𝄞',
    long: 'x'.repeat(20_000),
    zero: 0,
    count: 200,
    large: Number.MAX_SAFE_INTEGER,
    negative: -7,
    fraction: 0.25,
    yes: true,
    list: ['a', 'b'],
    numbers: [1, 2.5],
  });
  child.addEvent('charged', { attempt: 2 }, [1_763_000_000, 999_999_999]);
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'refused' });
  child.end();
  tracer.startSpan('root', { startTime: [1_763_000_000, 0] }).end([1_763_000_001, 5]);
  other.startSpan('ü'.repeat(100), { kind: SpanKind.CLIENT }).end();
  return ended;
}

function encode(format: SpanFormat, spans: ReadableSpan[]): Buffer {
  const scopes = Map.groupBy(spans, (span) => span.instrumentationScope);
  const [first] = spans;
  if (first === undefined) throw new Error('There are no spans');
  const encoded = [...scopes].map(([scope, ofScope]) => {
    const encodedSpans = format.createSpans(256 * 1024);
    for (const span of ofScope) expect(encodedSpans.add(span)).toBe(true);
    return { scope, spans: encodedSpans.bytes() };
  });
  return Buffer.concat(format.request(first.resource, encoded));
}

describe('OTLP as JSON', () => {
  test('says of every span what the exporter of OpenTelemetry says, but for zeros', () => {
    const spans = endedSpans();
    const theirs = JSON.parse(Buffer.from(JsonTraceSerializer.serializeRequest(spans) ?? []).toString());
    expect(withoutDefaults(JSON.parse(encode(otlpJson, spans).toString()))).toEqual(withoutDefaults(theirs));
  });
});

describe('OTLP as protobuf', () => {
  const value: Shape = { 5: { 1: {} } };
  const attribute: Shape = { 2: value };
  const span: Shape = { 9: attribute, 11: { 3: attribute }, 13: { 4: attribute }, 15: {} };
  const request: Shape = { 1: { 1: { 1: attribute }, 2: { 1: {}, 2: span } } };

  test('says of every span what the exporter of OpenTelemetry says, but for zeros', () => {
    const spans = endedSpans();
    const theirs = Buffer.from(ProtobufTraceSerializer.serializeRequest(spans) ?? []);
    const ours = decodeWhole(encode(otlpProtobuf, spans), request);
    expect(ours).toEqual(decodeWhole(theirs, request));
  });
});

describe.each([
  ['JSON', otlpJson],
  ['protobuf', otlpProtobuf],
])('memory for spans as %s', (_name, format) => {
  test('takes spans until it is full, and again once it is cleared', () => {
    const [, span] = endedSpans();
    if (span === undefined) throw new Error('There is no span');
    const memory = format.createSpans(4_096);
    let count = 0;
    while (memory.add(span)) count += 1;
    const full = Buffer.from(memory.bytes());
    memory.clear();
    expect(memory.bytes()).toHaveLength(0);
    for (let again = 0; again < count; again++) expect(memory.add(span)).toBe(true);
    expect(memory.bytes()).toEqual(full);
    expect(count).toBeGreaterThan(5);
  });
});

/** The JSON mapping lets zeros, empty lists and numbers-as-text differ; all else counts. */
function withoutDefaults(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutDefaults);
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json).map(
    ([key, value]) => [key, key === 'intValue' ? String(value) : withoutDefaults(value)] as const,
  );
  return Object.fromEntries(
    entries.filter(
      ([key, value]) =>
        !(key.startsWith('dropped') && value === 0) &&
        !(Array.isArray(value) && value.length === 0) &&
        !(key === 'status' && JSON.stringify(value) === '{"code":0}'),
    ),
  );
}
