import { Pool } from 'undici';
import { classify, type Failure } from './failure.ts';
import type { ClientKind } from './mix.ts';
import type { Tally } from './tally.ts';

export type Outgoing = {
  /** What it is called in a report. */
  name: string;
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
  expected: readonly number[];
};
export type Answer = { status: number; etag?: string; text: string };
export type ShopClient = ReturnType<typeof createShopClient>;

export type ShopClientOptions = { baseUrl: string; timeoutMs: number; tally: Tally };

/** Below the 60 s after which the balancer closes an idle connection, lest both act at once. */
const KEEP_ALIVE_MS = 50_000;

/**
 * Sends requests and counts what becomes of them. Nothing is repeated. A connection whose answer said `Connection: close` is
 * not used again, so one that breaks under a request is a failure of the server.
 */
export function createShopClient(client: ClientKind, { baseUrl, timeoutMs, tally }: ShopClientOptions) {
  const pool = new Pool(baseUrl, {
    // Without pipelining undici says `Connection: close` in each request.
    pipelining: client === 'fresh' ? 0 : 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  });
  pool.on('connect', () => tally.connected(client));

  return {
    /** Undefined after a failure, which is in the tally then. */
    async send({ name, method, path, headers = {}, body, expected }: Outgoing): Promise<Answer | undefined> {
      const at = new Date().toISOString();
      const startedAt = performance.now();
      const latencyMs = () => performance.now() - startedAt;
      const fail = (failure: Pick<Failure, 'kind' | 'status' | 'code'>) =>
        void tally.failed({ at, request: name, client, ...failure, latencyMs: latencyMs() });
      try {
        const answer = await pool.request({
          method,
          path,
          headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
          body: body === undefined ? null : JSON.stringify(body),
          signal: AbortSignal.timeout(timeoutMs),
        });
        const text = await answer.body.text();
        const { statusCode: status } = answer;
        if (!expected.includes(status)) return fail({ kind: 'status', status, code: problemCodeIn(text) });
        tally.answered(client, name, status, latencyMs());
        const { etag } = answer.headers;
        return { status, text, ...(typeof etag === 'string' && { etag }) };
      } catch (error) {
        return fail(classify(error));
      }
    },
    close: () => pool.close(),
  };
}

function problemCodeIn(text: string): string {
  return /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? '';
}
