import { type Context, context, ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
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
import { withSpan } from './span-context.ts';
import type { StartServerSpan } from './start-server-span.ts';

const spanContext = Symbol('context of the server span');
const errorType = Symbol('type of the error that was answered');

type TracedRequest = FastifyRequest & { [spanContext]: Context | null; [errorType]: string | null };

const probes: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics']);
/** What a probe asks of a database or a peer would otherwise begin a trace of its own, every few seconds. */
const untraced = suppressTracing(ROOT_CONTEXT);

/**
 * Opens the span of a request, keeps it active for its hooks, parsing and handler, and ends it with the answer.
 * Attributes follow the HTTP semantic conventions, but for `url.path`: a path is whatever the client sent.
 */
export function requestSpans(startServerSpan: StartServerSpan): FastifyPluginCallback {
  function startSpan(given: FastifyRequest, reply: FastifyReply, done: () => void): void {
    const request = given as TracedRequest;
    const route = request.routeOptions.url;
    if (route !== undefined && probes.has(route)) {
      context.with(untraced, done);
      return;
    }
    const { method } = request;
    const { parent, span } = startServerSpan(route === undefined ? method : `${method} ${route}`, request.headers);
    if (span.isRecording()) {
      span.setAttribute(ATTR_HTTP_REQUEST_METHOD, method);
      span.setAttribute(ATTR_URL_SCHEME, request.protocol);
      if (route !== undefined) span.setAttribute(ATTR_HTTP_ROUTE, route);
      reply.raw.on('close', () => endUnanswered(span));
    }
    const active = withSpan(parent, span);
    request[spanContext] = active;
    context.with(active, done);
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

/** The hooks after this one, such as the request's log line, run inside the span's context, even if it was lost meanwhile. */
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
  if (context.active() === active) done();
  else context.with(active, done);
}

/** The client hung up before it was answered, so there is no answer to end the span with. */
function endUnanswered(span: Span): void {
  if (!span.isRecording()) return;
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute(ATTR_ERROR_TYPE, 'aborted');
  span.end();
}
