import type { IncomingHttpHeaders } from 'node:http';
import {
  type Context,
  defaultTextMapGetter,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { type Sampler, SamplingDecision } from '@opentelemetry/sdk-trace-base';
import { balancerTraceId } from './balancer-trace.ts';
import type { TraceIds } from './trace-ids.ts';

export type StartServerSpan = (name: string, headers: IncomingHttpHeaders) => { parent: Context; span: Span };

/**
 * The span of a request under its caller's span, else of a trace of its own, whose id the balancer may have chosen. Of a
 * request that is not sampled only the ids are needed, and the SDK would spend as much on it as on a recorded one.
 */
export function createServerSpans(tracer: Tracer, traceIds: TraceIds, sampler: Sampler): StartServerSpan {
  return function startServerSpan(name, headers) {
    const parent = callersContext(headers);
    const caller = parent === ROOT_CONTEXT ? undefined : trace.getSpanContext(parent);
    const traceId = caller?.traceId ?? balancerTraceId(headers['x-amzn-trace-id']) ?? traceIds.generateTraceId();
    const { decision } = sampler.shouldSample(parent, traceId, name, SpanKind.SERVER, {}, []);
    if (decision === SamplingDecision.NOT_RECORD) {
      const ids = { traceId, spanId: traceIds.generateSpanId(), traceFlags: TraceFlags.NONE };
      const traceState = caller?.traceState;
      return { parent, span: trace.wrapSpanContext(traceState === undefined ? ids : { ...ids, traceState }) };
    }
    traceIds.adopt(traceId);
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, parent);
    traceIds.adopt(undefined);
    return { parent, span };
  };
}

/** The root context when the caller names no span, or none that can be read. */
function callersContext(headers: IncomingHttpHeaders): Context {
  const { traceparent, 'x-amzn-trace-id': amazon } = headers;
  if (traceparent === undefined && !(typeof amazon === 'string' && amazon.includes('Parent='))) return ROOT_CONTEXT;
  return propagation.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
}
