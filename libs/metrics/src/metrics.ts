import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { requestHistogram } from './request-histogram.ts';

export type Metrics = {
  /** The service's own registry; business metrics are registered here, never on prom-client's global one. */
  registry: Registry;
  /** `GET /metrics` in Prometheus text format, and `http_request_duration_seconds{method,route,status}`. */
  plugin: FastifyPluginCallback;
  /** Counts a request that was answered before it reached a route, which the plugin therefore does not see. */
  refused(status: number): void;
};

const isObserved = Symbol('whether the request is counted');
type ObservedReply = FastifyReply & { [isObserved]: boolean };

/** Nginx's status for a client that hung up before it was answered; HTTP has none, since nobody is there to read it. */
const hungUp = 499;

const schema = {
  summary: 'Metrics in Prometheus text format',
  tags: ['operation'],
  response: { 200: { description: 'Metrics', content: { 'text/plain': { schema: { type: 'string' } } } } },
};

/** The registry of one service, with the metrics of its process and of its requests; each series says its `service`. */
export function createMetrics({ service }: { service: string }): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const observe = requestHistogram(registry);
  const refusals = new Counter({
    name: 'http_requests_refused_total',
    help: 'Requests that were refused before they reached a route.',
    labelNames: ['status'],
    registers: [registry],
  });

  const plugin = fastifyPlugin((app, _options, done) => {
    const observeRequest = (request: FastifyRequest, reply: FastifyReply, status: number) =>
      observe(request.method, request.routeOptions.url ?? 'unmatched', status, reply.elapsedTime / 1000);
    app.decorateReply(isObserved, false);
    app.addHook('onRequest', (request, reply, next) => {
      // Fastify tells only of answers that were sent.
      reply.raw.on('close', () => {
        if (!(reply as ObservedReply)[isObserved]) observeRequest(request, reply, hungUp);
      });
      next();
    });
    app.addHook('onResponse', (request, reply, next) => {
      (reply as ObservedReply)[isObserved] = true;
      observeRequest(request, reply, reply.statusCode);
      next();
    });
    app.get('/metrics', { schema }, async (_request, reply) => {
      reply.type(registry.contentType);
      return registry.metrics();
    });
    done();
  });
  return { registry, plugin, refused: (status) => refusals.inc({ status }) };
}
