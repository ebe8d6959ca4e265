import { isSpanContextValid, trace } from '@opentelemetry/api';

/** The ids that lead from a log line to its trace; nothing outside a request. */
export function traceFields(): { trace_id?: string; span_id?: string } {
  const spanContext = trace.getActiveSpan()?.spanContext();
  if (spanContext === undefined || !isSpanContextValid(spanContext)) return {};
  return { trace_id: spanContext.traceId, span_id: spanContext.spanId };
}
