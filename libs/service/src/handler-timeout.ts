import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const deadline = Symbol('deadline of a request');

type TimedRequest = FastifyRequest & { [deadline]: number };

/** Carries the caller's remaining time in whole milliseconds: relative, so that clocks need not agree. */
const timeoutHeader = 'x-request-timeout-ms';

/**
 * When the work for a request must be done, in epoch milliseconds of this process's clock: the service's own time-out or
 * what the caller has left, whichever is sooner, counted from the request's arrival. An unreadable header counts as absent.
 */
export function deadlineOf(request: FastifyRequest): number {
  return (request as TimedRequest)[deadline];
}

/**
 * Answers with `failure` for a handler that takes longer than `timeoutMs`. Fastify's `handlerTimeout` would do, but it
 * stops its clock once the body is read (https://github.com/fastify/fastify/pull/6725), and runs outside the span.
 */
export function limitHandlers(
  app: FastifyInstance,
  { timeoutMs, failure, now = Date.now }: { timeoutMs: number; failure: () => Error; now?: () => number },
): void {
  app.decorateRequest(deadline, 0);

  app.addHook('onRequest', (request, reply, done) => {
    (request as TimedRequest)[deadline] = now() + Math.min(timeoutMs, callersTimeoutMs(request) ?? timeoutMs);
    const timer = setTimeout(giveUp, timeoutMs, reply);
    reply.raw.once('close', () => clearTimeout(timer));
    done();
  });

  function giveUp(reply: FastifyReply): void {
    if (reply.raw.headersSent) reply.raw.destroy();
    else if (!reply.sent) reply.send(failure());
  }
}

function callersTimeoutMs(request: FastifyRequest): number | undefined {
  const header = request.headers[timeoutHeader];
  return typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}
