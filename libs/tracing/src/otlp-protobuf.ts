import type { AttributeValue, Link } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-base';
import { ProtobufWriter } from './protobuf-writer.ts';
import { type SpanFormat, spanFlags } from './span-format.ts';

const varint = 0;
const fixed64 = 1;
const bytes = 2;
const fixed32 = 5;

/** OTLP/HTTP with protobuf bodies. Field numbers: opentelemetry-proto 1.x, trace.proto and common.proto. */
export const otlpProtobuf: SpanFormat = {
  contentType: 'application/x-protobuf',

  createSpans(memoryBytes) {
    const writer = new ProtobufWriter(memoryBytes);
    return {
      add(span) {
        const start = writer.at;
        try {
          writeSpan(writer, span);
          return true;
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          writer.at = start;
          return false;
        }
      },
      bytes: () => writer.memory.subarray(0, writer.at),
      clear() {
        writer.at = 0;
      },
    };
  },

  /** TracesData { resource_spans: 1 { resource: 1 { attributes: 1 }, scope_spans: 2 { scope: 1, spans: 2 } } } */
  request(resource, scopes) {
    const scopeSpans = scopes.flatMap(({ scope, spans }) => {
      const named = message((writer) => {
        writeString(writer, 1, scope.name);
        if (scope.version) writeString(writer, 2, scope.version);
      });
      return nested(2, [...nested(1, [named]), spans]);
    });
    const attributes = message((writer) => writeAttributes(writer, 1, resource.attributes));
    return nested(1, [...nested(1, [attributes]), ...scopeSpans]);
  },
};

function writeSpan(writer: ProtobufWriter, span: ReadableSpan): void {
  const { traceId, spanId, traceState, traceFlags } = span.spanContext();
  const { parentSpanContext: parent, status } = span;
  writer.tag(2, bytes);
  const start = writer.open();
  writer.tag(1, bytes);
  writer.hex(traceId);
  writer.tag(2, bytes);
  writer.hex(spanId);
  if (traceState !== undefined) writeString(writer, 3, traceState.serialize());
  if (parent !== undefined) {
    writer.tag(4, bytes);
    writer.hex(parent.spanId);
  }
  writeString(writer, 5, span.name);
  writer.tag(6, varint);
  writer.varint(span.kind + 1);
  writer.tag(7, fixed64);
  writer.nanoseconds(span.startTime);
  writer.tag(8, fixed64);
  writer.nanoseconds(span.endTime);
  writeAttributes(writer, 9, span.attributes);
  for (const event of span.events) writeEvent(writer, event);
  for (const link of span.links) writeLink(writer, link);
  if (status.code !== 0) {
    writer.tag(15, bytes);
    const statusStart = writer.open();
    if (status.message) writeString(writer, 2, status.message);
    writer.tag(3, varint);
    writer.varint(status.code);
    writer.close(statusStart);
  }
  // The tag of field 16 is the first that takes two bytes.
  writer.varint((16 << 3) | fixed32);
  writer.fixed32(spanFlags(traceFlags, parent));
  writer.close(start);
}

function writeEvent(writer: ProtobufWriter, { name, time, attributes = {} }: TimedEvent): void {
  writer.tag(11, bytes);
  const start = writer.open();
  writer.tag(1, fixed64);
  writer.nanoseconds(time);
  writeString(writer, 2, name);
  writeAttributes(writer, 3, attributes);
  writer.close(start);
}

function writeLink(writer: ProtobufWriter, { context, attributes = {} }: Link): void {
  writer.tag(13, bytes);
  const start = writer.open();
  writer.tag(1, bytes);
  writer.hex(context.traceId);
  writer.tag(2, bytes);
  writer.hex(context.spanId);
  if (context.traceState !== undefined) writeString(writer, 3, context.traceState.serialize());
  writeAttributes(writer, 4, attributes);
  writer.tag(6, fixed32);
  writer.fixed32(spanFlags(context.traceFlags, context));
  writer.close(start);
}

/** KeyValue { key: 1, value: 2 }, repeated. */
function writeAttributes(writer: ProtobufWriter, field: number, attributes: Readonly<Record<string, unknown>>): void {
  for (const key in attributes) {
    const value = attributes[key] as AttributeValue | undefined;
    if (value === undefined) continue;
    writer.tag(field, bytes);
    const start = writer.open();
    writeString(writer, 1, key);
    writer.tag(2, bytes);
    writeValue(writer, value);
    writer.close(start);
  }
}

/** AnyValue { string: 1, bool: 2, int: 3, double: 4, array: 5 { values: 1 } }. */
function writeValue(writer: ProtobufWriter, value: AttributeValue | null): void {
  const start = writer.open();
  if (typeof value === 'string') {
    writeString(writer, 1, value);
  } else if (typeof value === 'boolean') {
    writer.tag(2, varint);
    writer.varint(value ? 1 : 0);
  } else if (typeof value === 'number' && Number.isSafeInteger(value)) {
    writer.tag(3, varint);
    writer.varint(value);
  } else if (typeof value === 'number') {
    writer.tag(4, fixed64);
    writer.double(value);
  } else if (Array.isArray(value)) {
    writer.tag(5, bytes);
    const arrayStart = writer.open();
    for (const item of value) {
      writer.tag(1, bytes);
      writeValue(writer, item ?? null);
    }
    writer.close(arrayStart);
  }
  writer.close(start);
}

function writeString(writer: ProtobufWriter, field: number, text: string): void {
  writer.tag(field, bytes);
  writer.string(text);
}

/** A message of its own. */
function message(write: (writer: ProtobufWriter) => void, bytes = 16 * 1024): Buffer {
  const writer = new ProtobufWriter(bytes);
  write(writer);
  return writer.memory.subarray(0, writer.at);
}

/** The parts as the content of one field. */
function nested(field: number, parts: Buffer[]): Buffer[] {
  const length = parts.reduce((total, part) => total + part.length, 0);
  const head = message((writer) => {
    writer.tag(field, bytes);
    writer.varint(length);
  }, 16);
  return [head, ...parts];
}
