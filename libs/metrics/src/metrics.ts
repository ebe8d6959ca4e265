import type { FastifyPluginCallback } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { requestHistogram } from './request-histogram.ts';

export type Metrics = {
  /** The service's own registry; business metrics are registered here, never on prom-client's global one. */
  registry: Registry;
  /** `GET /metrics` in Prometheus text format, and `http_request_duration_seconds{method,route,status}`. */
  plugin: FastifyPluginCallback;
};

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

  const plugin = fastifyPlugin((app, _options, done) => {
    app.addHook('onResponse', (request, reply, next) => {
      observe(request.method, request.routeOptions.url ?? 'unmatched', reply.statusCode, reply.elapsedTime / 1000);
      next();
    });
    app.get('/metrics', { schema }, async (_request, reply) => {
      reply.type(registry.contentType);
      return registry.metrics();
    });
    done();
  });
  return { registry, plugin };
}
