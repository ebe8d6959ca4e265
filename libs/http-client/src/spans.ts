import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

type Request = { peer: string; origin: URL; method: string; route: string; step: string };

/**
 * Runs one request inside a CLIENT span named by method and route pattern, as the OpenTelemetry conventions for HTTP have
 * it, and hands over the headers that carry the trace on (W3C Trace Context, or what the process has set up).
 */
export function withSpan<Answer extends { status: number }>(
  { peer, origin, method, route, step }: Request,
  run: (traceHeaders: Record<string, string>) => Promise<Answer>,
): Promise<Answer> {
  const attributes = {
    'http.request.method': method,
    'url.template': route,
    'server.address': origin.hostname,
    'server.port': Number(origin.port) || (origin.protocol === 'https:' ? 443 : 80),
    'peer.service': peer,
    'shop.step': step,
  };
  const tracer = trace.getTracer('@shop/http-client');
  return tracer.startActiveSpan(`${method} ${route}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      const headers: Record<string, string> = {};
      propagation.inject(context.active(), headers);
      const answer = await run(headers);
      span.setAttribute('http.response.status_code', answer.status);
      return answer;
    } catch (error) {
      const { reason = 'Error', status } = error as { reason?: string; status?: number };
      if (status !== undefined) span.setAttribute('http.response.status_code', status);
      span.setAttribute('error.type', reason).setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
