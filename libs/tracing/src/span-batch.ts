import type { InstrumentationScope } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { encodeRequest, encodeSpan } from './otlp-json.ts';

const comma = 0x2c;

export type SpanBatch = {
  /** False when it is full. */
  add(span: ReadableSpan): boolean;
  readonly size: number;
  /** The body of an export request; the batch is empty afterwards. */
  take(): Buffer<ArrayBuffer>;
};

/**
 * Spans are encoded as they end, into one buffer for each scope. Kept as objects until the export they would outlive
 * the garbage collector's young generation, which costs more than encoding them.
 */
export function createSpanBatch(bytesPerScope = 256 * 1024): SpanBatch {
  const scopes = new Map<InstrumentationScope, { buffer: Buffer<ArrayBuffer>; length: number }>();
  let first: ReadableSpan | undefined;
  let size = 0;

  function add(span: ReadableSpan): boolean {
    let spans = scopes.get(span.instrumentationScope);
    if (spans === undefined) {
      spans = { buffer: Buffer.allocUnsafe(bytesPerScope), length: 0 };
      scopes.set(span.instrumentationScope, spans);
    }
    const text = encodeSpan(span);
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    if (spans.length + 1 + text.length * 3 > bytesPerScope) return false;
    if (spans.length > 0) spans.buffer[spans.length++] = comma;
    spans.length += spans.buffer.write(text, spans.length);
    first ??= span;
    size += 1;
    return true;
  }

  function take(): Buffer<ArrayBuffer> {
    if (first === undefined) return Buffer.alloc(0);
    const body = encodeRequest(
      first.resource,
      [...scopes].map(([scope, { buffer, length }]) => ({ scope, spans: buffer.subarray(0, length) })),
    );
    for (const spans of scopes.values()) spans.length = 0;
    first = undefined;
    size = 0;
    return body;
  }

  return {
    add,
    take,
    get size() {
      return size;
    },
  };
}
