import type { AttributeValue, HrTime, Link } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-base';
import { type SpanFormat, spanFlags } from './span-format.ts';

const comma = 0x2c;

/** OTLP/HTTP with JSON bodies: ids in hex, 64-bit numbers as strings (OpenTelemetry Protocol 1.x, "JSON Protobuf"). */
export const otlpJson: SpanFormat = {
  contentType: 'application/json',

  createSpans(memoryBytes) {
    const memory = Buffer.allocUnsafeSlow(memoryBytes);
    let length = 0;
    return {
      add(span) {
        const text = encodeSpan(span);
        // A UTF-16 unit takes three bytes of UTF-8 at most.
        if (length + 1 + text.length * 3 > memoryBytes) return false;
        if (length > 0) memory[length++] = comma;
        length += memory.write(text, length);
        return true;
      },
      bytes: () => memory.subarray(0, length),
      clear() {
        length = 0;
      },
    };
  },

  request(resource, scopes) {
    const head = `{"resourceSpans":[{"resource":{"attributes":${encodeAttributes(resource.attributes)}},"scopeSpans":[`;
    const scopeSpans = scopes.flatMap(({ scope: { name, version }, spans }, index) => [
      Buffer.from(`${index === 0 ? '' : ','}{"scope":${JSON.stringify({ name, version })},"spans":[`),
      spans,
      Buffer.from(']}'),
    ]);
    return [Buffer.from(head), ...scopeSpans, Buffer.from(']}]}')];
  },
};

/** Put together as text, because building the objects first costs three times as much. */
function encodeSpan(span: ReadableSpan): string {
  const { traceId, spanId, traceState, traceFlags } = span.spanContext();
  const { parentSpanContext: parent, status, links, events } = span;
  let text = `{"traceId":"${traceId}","spanId":"${spanId}"`;
  if (parent !== undefined) text += `,"parentSpanId":"${parent.spanId}"`;
  if (traceState !== undefined) text += `,"traceState":${JSON.stringify(traceState.serialize())}`;
  // OTLP counts kinds from 1, the API from 0.
  text += `,"name":${JSON.stringify(span.name)},"kind":${span.kind + 1},"flags":${spanFlags(traceFlags, parent)}`;
  text += `,"startTimeUnixNano":"${nanoseconds(span.startTime)}","endTimeUnixNano":"${nanoseconds(span.endTime)}"`;
  text += `,"attributes":${encodeAttributes(span.attributes)}`;
  if (events.length > 0) text += `,"events":[${events.map(encodeEvent).join()}]`;
  if (links.length > 0) text += `,"links":[${links.map(encodeLink).join()}]`;
  if (status.code !== 0) text += `,"status":${JSON.stringify(status)}`;
  return `${text}}`;
}

function encodeEvent({ name, time, attributes = {} }: TimedEvent): string {
  return `{"timeUnixNano":"${nanoseconds(time)}","name":${JSON.stringify(name)},"attributes":${encodeAttributes(attributes)}}`;
}

function encodeLink({ context, attributes = {} }: Link): string {
  const { traceId, spanId, traceState, traceFlags } = context;
  const state = traceState === undefined ? '' : `,"traceState":${JSON.stringify(traceState.serialize())}`;
  return `{"traceId":"${traceId}","spanId":"${spanId}"${state},"flags":${spanFlags(traceFlags, context)},"attributes":${encodeAttributes(attributes)}}`;
}

function encodeAttributes(attributes: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const key in attributes) {
    const value = attributes[key] as AttributeValue | undefined;
    if (value === undefined) continue;
    text += `${text === '' ? '' : ','}{"key":${JSON.stringify(key)},"value":${encodeValue(value)}}`;
  }
  return `[${text}]`;
}

function encodeValue(value: AttributeValue | null): string {
  if (typeof value === 'string') return `{"stringValue":${JSON.stringify(value)}}`;
  if (typeof value === 'boolean') return `{"boolValue":${value}}`;
  if (typeof value === 'number') return encodeNumber(value);
  if (Array.isArray(value)) {
    return `{"arrayValue":{"values":[${value.map((item) => encodeValue(item ?? null)).join()}]}}`;
  }
  return '{}';
}

/** NaN and the infinities are strings in the JSON of protocol buffers; bare, one of them would spoil the whole export. */
function encodeNumber(value: number): string {
  if (Number.isSafeInteger(value)) return `{"intValue":"${value}"}`;
  return `{"doubleValue":${Number.isFinite(value) ? value : `"${value}"`}}`;
}

function nanoseconds([seconds, nanos]: HrTime): string {
  return seconds + String(nanos).padStart(9, '0');
}
