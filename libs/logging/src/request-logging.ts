import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

const probes = new Set(['/livez', '/readyz', '/metrics']);

/**
 * One line for each answered request: method, route pattern (never the path, which holds ids), status, milliseconds.
 * A 5xx is an error, a probe is debug, all else is info. Fastify's own request lines must be off
 * (`logController`). Requests share the service's logger: the trace id tells them apart, and a child logger for
 * each request would cost more than its lines.
 */
export function requestLogging(): FastifyPluginCallback {
  return fastifyPlugin((app, _options, done) => {
    app.setChildLoggerFactory((logger, _bindings, { level }) => (level ? logger.child({}, { level }) : logger));
    app.addHook('onResponse', logRequest);
    done();
  });
}

function logRequest(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const route = request.routeOptions.url ?? 'unmatched';
  const status = reply.statusCode;
  const level = status >= 500 ? 'error' : probes.has(route) ? 'debug' : 'info';
  const durationMs = Math.round(reply.elapsedTime * 10) / 10;
  request.log[level]({ method: request.method, route, status, durationMs }, 'request');
  done();
}
