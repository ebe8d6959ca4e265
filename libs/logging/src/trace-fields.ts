import { INVALID_TRACEID, trace } from '@opentelemetry/api';

/** The ids that lead from a log line to its trace; nothing outside a request. */
export function traceFields(): { trace_id?: string; span_id?: string } {
  const spanContext = trace.getActiveSpan()?.spanContext();
  if (spanContext === undefined || spanContext.traceId === INVALID_TRACEID) return {};
  return { trace_id: spanContext.traceId, span_id: spanContext.spanId };
}
