import { context } from '@opentelemetry/api';
import type { FastifyBaseLogger, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { Logger } from 'pino';
import { logRequestLine } from './request-line.ts';

const probes = new Set(['/livez', '/readyz', '/metrics']);

const isLogged = Symbol('whether the line of the request is written');
type LoggedReply = FastifyReply & { [isLogged]: boolean };

/** Nginx's status for a client that hung up before it was answered; HTTP has none, since nobody is there to read it. */
const hungUp = 499;

/**
 * One line for each request: method, route pattern (never the path, which holds ids), status, milliseconds; a client that
 * hung up unanswered counts as status 499. A 5xx is an error, a probe is debug, all else is info. Fastify's own request
 * lines must be off (`logController`).
 */
export function requestLogging(): FastifyPluginCallback {
  return fastifyPlugin((app, _options, done) => {
    app.decorateReply(isLogged, false);
    app.addHook('onRequest', watchConnection);
    app.addHook('onResponse', logAnswer);
    done();
  });
}

/**
 * Fastify's `childLoggerFactory`: requests share the service's logger. The trace id tells them apart, and a child logger
 * for each would cost more than its lines. An option, since what no route answers is set up before any plugin.
 */
export function shareLogger(logger: FastifyBaseLogger, _bindings: object, { level }: { level?: string }) {
  return level ? logger.child({}, { level }) : logger;
}

/** Fastify tells only of answers that were sent. */
function watchConnection(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const active = context.active();
  reply.raw.on('close', () => {
    if (!(reply as LoggedReply)[isLogged]) context.with(active, logRequest, undefined, request, reply, hungUp);
  });
  done();
}

function logAnswer(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  (reply as LoggedReply)[isLogged] = true;
  logRequest(request, reply, reply.statusCode);
  done();
}

function logRequest(request: FastifyRequest, reply: FastifyReply, status: number): void {
  const route = request.routeOptions.url ?? 'unmatched';
  const level = status >= 500 ? 'error' : probes.has(route) ? 'debug' : 'info';
  const durationMs = Math.round(reply.elapsedTime * 10) / 10;
  logRequestLine(request.log as Logger, level, { method: request.method, route, status, durationMs });
}
