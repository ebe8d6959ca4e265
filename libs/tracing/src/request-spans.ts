import type { ServerResponse } from 'node:http';
import {
  type Context,
  context,
  defaultTextMapGetter,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_URL_SCHEME,
} from '@opentelemetry/semantic-conventions';
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { balancerTraceId } from './balancer-trace.ts';
import type { TraceIds } from './trace-ids.ts';

const spanContext = Symbol('context of the server span');
const errorType = Symbol('type of the error that was answered');
const openSpan = Symbol('server span of a response');

type TracedRequest = FastifyRequest & { [spanContext]: Context | null; [errorType]: string | null };
type TracedResponse = ServerResponse & { [openSpan]?: Span };

const probes: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics']);
/** What a probe asks of a database or a peer would otherwise begin a trace of its own, every few seconds. */
const untraced = suppressTracing(ROOT_CONTEXT);

/**
 * Opens the span of a request, keeps it active for its hooks, parsing and handler, and ends it with the answer.
 * Attributes follow the HTTP semantic conventions, but for `url.path`: a path is whatever the client sent.
 */
export function requestSpans({ tracer, traceIds }: { tracer: Tracer; traceIds: TraceIds }): FastifyPluginCallback {
  function startSpan(given: FastifyRequest, reply: FastifyReply, done: () => void): void {
    const request = given as TracedRequest;
    const route = request.routeOptions.url;
    if (route !== undefined && probes.has(route)) {
      context.with(untraced, done);
      return;
    }

    const { method, headers } = request;
    const parent = callersContext(headers);
    if (parent === ROOT_CONTEXT) traceIds.adopt(balancerTraceId(headers['x-amzn-trace-id']));
    const span = tracer.startSpan(
      route === undefined ? method : `${method} ${route}`,
      { kind: SpanKind.SERVER },
      parent,
    );
    traceIds.adopt(undefined);
    if (span.isRecording()) {
      span.setAttribute(ATTR_HTTP_REQUEST_METHOD, method);
      span.setAttribute(ATTR_URL_SCHEME, request.protocol);
      if (route !== undefined) span.setAttribute(ATTR_HTTP_ROUTE, route);
      (reply.raw as TracedResponse)[openSpan] = span;
      reply.raw.on('close', endUnanswered);
    }
    request[spanContext] = trace.setSpan(parent, span);
    context.with(request[spanContext], done);
  }

  return fastifyPlugin((app, _options, done) => {
    app.decorateRequest(spanContext, null);
    app.decorateRequest(errorType, null);
    app.addHook('onRequest', startSpan);
    app.addHook('onError', noteError);
    app.addHook('onResponse', endSpan);
    done();
  });
}

function callersContext(headers: FastifyRequest['headers']): Context {
  const isNamed = headers.traceparent !== undefined || String(headers['x-amzn-trace-id'] ?? '').includes('Parent=');
  return isNamed ? propagation.extract(ROOT_CONTEXT, headers, defaultTextMapGetter) : ROOT_CONTEXT;
}

/** Only the kind of the error: its message may quote what the client sent. The log line of the same trace has more. */
function noteError(
  request: FastifyRequest,
  _reply: FastifyReply,
  error: Error & { code?: unknown },
  done: () => void,
): void {
  (request as TracedRequest)[errorType] = typeof error.code === 'string' ? error.code : error.name;
  done();
}

/** The hooks after this one, such as the request's log line, run inside the span's context again. */
function endSpan(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const active = (request as TracedRequest)[spanContext];
  if (active === null) {
    done();
    return;
  }
  const span = trace.getSpan(active);
  if (span?.isRecording()) {
    span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, reply.statusCode);
    if (reply.statusCode >= 500) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute(ATTR_ERROR_TYPE, (request as TracedRequest)[errorType] ?? String(reply.statusCode));
    }
    span.end();
  }
  context.with(active, done);
}

/** The client hung up before it was answered, so there is no answer to end the span with. */
function endUnanswered(this: ServerResponse): void {
  const span = (this as TracedResponse)[openSpan];
  if (span === undefined || !span.isRecording()) return;
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute(ATTR_ERROR_TYPE, 'aborted');
  span.end();
}
