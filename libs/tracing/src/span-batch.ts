import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { EncodedSpans, SpanFormat } from './span-format.ts';

export type SpanBatch = {
  /** False when it is full. */
  add(span: ReadableSpan): boolean;
  readonly size: number;
  /** The body of an export request, valid until the batch is cleared. */
  body(): Buffer[];
  clear(): void;
};

/**
 * Spans are encoded as they end, into memory that stays. Kept as objects until the export they would outlive the garbage
 * collector's young generation, which costs more than encoding them.
 */
export function createSpanBatch(format: SpanFormat, bytesPerScope: number): SpanBatch {
  const scopes = new Map<InstrumentationScope, EncodedSpans>();
  let resource: Resource | undefined;
  let size = 0;

  function add(span: ReadableSpan): boolean {
    let spans = scopes.get(span.instrumentationScope);
    if (spans === undefined) {
      spans = format.createSpans(bytesPerScope);
      scopes.set(span.instrumentationScope, spans);
    }
    if (!spans.add(span)) return false;
    resource = span.resource;
    size += 1;
    return true;
  }

  function body(): Buffer[] {
    if (resource === undefined) return [];
    const filled = [...scopes].map(([scope, spans]) => ({ scope, spans: spans.bytes() }));
    return format.request(
      resource,
      filled.filter(({ spans }) => spans.length > 0),
    );
  }

  function clear(): void {
    for (const spans of scopes.values()) spans.clear();
    size = 0;
  }

  return {
    add,
    body,
    clear,
    get size() {
      return size;
    },
  };
}
