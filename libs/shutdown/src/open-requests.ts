import type { Server, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export type OpenRequests = {
  count(): number;
  /** From now on every answer, also to requests that came before, says `Connection: close` (RFC 9112, section 9.6). */
  sayGoodbye(): void;
  /** Resolves when nobody has come for a moment, or soon even so. */
  settled(): Promise<void>;
  /** Closes what connections are left once nobody has waited for an answer for a while; gives a function that stops it. */
  closeQuietConnections(): () => void;
};

const QUIET_MS = 500;
const SETTLE_STEP_MS = 25;
const SETTLE_MS = 500;

/** Follows the requests of a server, on the server's own events and so in whatever order Fastify's hooks were added. */
export function trackRequests(server: Server): OpenRequests {
  const unanswered = new Set<ServerResponse>();
  let arrivals = 0;
  let leaving = false;

  server.on('connection', () => {
    arrivals += 1;
  });
  server.prependListener('request', (_request, response) => {
    arrivals += 1;
    unanswered.add(response);
    response.once('close', () => unanswered.delete(response));
    if (leaving) response.setHeader('Connection', 'close');
  });

  return {
    count: () => unanswered.size,
    sayGoodbye() {
      leaving = true;
      for (const response of unanswered) if (!response.headersSent) response.setHeader('Connection', 'close');
    },
    // Closing resets connections that wait to be accepted and loses what lies unread in idle ones.
    async settled() {
      const latest = performance.now() + SETTLE_MS;
      let before: number;
      do {
        before = arrivals;
        await delay(SETTLE_STEP_MS);
      } while (arrivals !== before && performance.now() < latest);
    },
    // A closing server of Node closes idle connections once and no longer times any out: one that never carried a
    // request, or whose last answer had begun before we said goodbye, would hold it up until the client leaves.
    closeQuietConnections() {
      let wasQuiet = false;
      const timer = setInterval(() => {
        const quiet = unanswered.size === 0;
        if (quiet && wasQuiet) server.closeAllConnections();
        wasQuiet = quiet;
      }, QUIET_MS);
      return () => clearInterval(timer);
    },
  };
}
