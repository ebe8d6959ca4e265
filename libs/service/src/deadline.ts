import type { FastifyRequest } from 'fastify';

/** Carries the caller's remaining time in whole milliseconds: relative, so that clocks need not agree. */
export const TIMEOUT_HEADER = 'x-request-timeout-ms';

/**
 * When the work for a request must be done, in epoch milliseconds of this process's clock: the route's own time-out or
 * what the caller has left, whichever is sooner. An unreadable header counts as absent.
 */
export function deadlineOf(request: FastifyRequest, now: () => number = Date.now): number {
  const ownMs = request.routeOptions.handlerTimeout ?? 0;
  const header = request.headers[TIMEOUT_HEADER];
  const callerMs = typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : ownMs;
  return now() + Math.min(ownMs, callerMs);
}
