import type { SpanContext } from '@opentelemetry/api';
import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** The encoded spans of one scope, in memory that is used again and again. */
export type EncodedSpans = {
  /** False, and nothing written, when there is no room. */
  add(span: ReadableSpan): boolean;
  bytes(): Buffer;
  clear(): void;
};

/** One of OTLP's two encodings. */
export type SpanFormat = {
  contentType: string;
  createSpans(memoryBytes: number): EncodedSpans;
  /** The body of an export request, in parts; the spans are not copied. */
  request(resource: Resource, scopes: { scope: InstrumentationScope; spans: Buffer }[]): Buffer[];
};

/** OTLP's flags: those of the trace, and whether the parent is known to be in another process (0x100, 0x200). */
export function spanFlags(traceFlags: number, parent: SpanContext | undefined): number {
  return traceFlags | 0x100 | (parent?.isRemote ? 0x200 : 0);
}
