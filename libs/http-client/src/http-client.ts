import type { Registry } from 'prom-client';
import { Pool } from 'undici';
import { type BreakerOptions, createBreaker, type Verdict } from './breaker.ts';
import { exchange, type Method } from './exchange.ts';
import { createClientMetrics } from './metrics.ts';
import { PeerUnavailable } from './peer-unavailable.ts';
import { createReplyCheck, type Replies, type Reply } from './replies.ts';
import { withRetries } from './retry.ts';
import { withSpan } from './spans.ts';
import { announce } from './steps.ts';

export type { BreakerOptions, BreakerState } from './breaker.ts';
export type { Method } from './exchange.ts';
export { PeerUnavailable, type UnavailableReason } from './peer-unavailable.ts';
export type { Replies, Reply } from './replies.ts';
export type { Step } from './steps.ts';

export type HttpRequest<Expected extends Replies, CallName extends string = string> = {
  /** The step that this call is, such as `catalog.reserve`. */
  name: CallName;
  method: Method;
  path: string;
  /** The pattern of the path, for metrics and spans. */
  route: string;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Epoch milliseconds of the own clock; passed on to the peer as the time that remains. */
  deadlineAt: number;
  replies: Expected;
  /** In all, 1 by default; more only for calls that may be repeated. */
  attempts?: number;
};

/** JSON over HTTP to one peer; `CallName` lists the calls, so that a name outside the list does not compile. */
export type HttpClient<CallName extends string = string> = {
  /** One of `replies`, or PeerUnavailable. */
  request<const Expected extends Replies>(request: HttpRequest<Expected, CallName>): Promise<Reply<Expected>>;
  close(): Promise<void>;
};

export type HttpClientOptions = {
  /** The peer's name in metrics, spans and errors. */
  peer: string;
  baseUrl: string;
  /** Upper limit of one attempt; the deadline of the request bounds it further. */
  timeoutMs?: number;
  connectTimeoutMs?: number;
  registry?: Registry | undefined;
  random?: () => number;
  breaker?: BreakerOptions;
};

export function createHttpClient({
  peer,
  baseUrl,
  timeoutMs = 30_000,
  connectTimeoutMs = 500,
  registry,
  random = Math.random,
  breaker: breakerOptions,
}: HttpClientOptions): HttpClient {
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const pool = new Pool(base.origin, {
    connectTimeout: connectTimeoutMs,
    maxResponseSize,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const metrics = createClientMetrics(peer, registry);
  const breaker = createBreaker(peer, judge, metrics.circuit, breakerOptions);
  const check = createReplyCheck(peer, Date.now);

  return {
    request(request) {
      const { attempts = 1, deadlineAt } = request;
      return withRetries({ attempts, deadlineAt, random }, () => observed(request.route, () => attempt(request)));
    },
    close: () => pool.close(),
  };

  function attempt<Expected extends Replies>(request: HttpRequest<Expected>): Promise<Reply<Expected>> {
    const { method, route, name } = request;
    return breaker.run(() =>
      withSpan({ peer, origin: base, method, route, step: name }, (traceHeaders) => send(request, traceHeaders)),
    );
  }

  async function send<Expected extends Replies>(
    { name, method, path, body, headers, deadlineAt, replies }: HttpRequest<Expected>,
    traceHeaders: Record<string, string>,
  ): Promise<Reply<Expected>> {
    const budgetMs = Math.floor(Math.min(deadlineAt - Date.now(), timeoutMs));
    if (budgetMs < 1) throw new PeerUnavailable(peer, 'timeout', { sent: false });
    const outgoing = { method, path: prefix + path, headers: { ...headers, ...traceHeaders }, body };
    announce(name, 'before');
    const answer = await exchange(peer, pool, outgoing, budgetMs);
    announce(name, 'after');
    return check(answer, replies);
  }

  async function observed<Answer extends { status: number }>(route: string, run: () => Promise<Answer>) {
    const startedAt = performance.now();
    const observe = (status: string | number) => metrics.observe(route, String(status), performance.now() - startedAt);
    try {
      const answer = await run();
      observe(answer.status);
      return answer;
    } catch (error) {
      observe(error instanceof PeerUnavailable ? (error.status ?? error.reason) : 'error');
      throw error;
    }
  }
}

/** No answer of a service comes near this; it bounds the memory that a broken peer can take. */
const maxResponseSize = 8 * 1024 * 1024;

/** A caller with less time than this left says nothing about the peer when that time is over. */
const fairWaitMs = 250;

/**
 * What opens the circuit: silence, a broken connection, a 5xx. A 503 with Retry-After comes from a peer that works and
 * says "busy" or "unknown".
 */
function judge(error: unknown): Verdict {
  if (!(error instanceof PeerUnavailable)) return 'nothing';
  const { reason, status = 0, retryAfterMs, waitedMs = 0 } = error;
  if (reason === 'bad-reply') return 'works';
  if (reason === 'status') return status < 500 || (status === 503 && retryAfterMs !== undefined) ? 'works' : 'down';
  return reason === 'connection' || waitedMs >= fairWaitMs ? 'down' : 'nothing';
}
