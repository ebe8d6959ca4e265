import { setTimeout as sleep } from 'node:timers/promises';

/** What the shop said in the end; `body` is parsed JSON. */
export type Answer<Body = unknown> = { status: number; body: Body; headers: Headers };

export type ShopRequest = {
  method: 'GET' | 'PUT' | 'POST';
  path: string;
  /** Whoever asks. Given anew when the shop refuses the token, as after a restart of the issuer. */
  token?: (refused: boolean) => Promise<string>;
  headers?: Record<string, string>;
  body?: unknown;
};

export type ShopClient = { send<Body>(request: ShopRequest): Promise<Answer<Body>>; repeats(): number };

export type ShopClientOptions = {
  baseUrl: string;
  /** Of one attempt. */
  timeoutMs?: number;
  /** How long a request is repeated while the shop is busy or away. */
  patienceMs?: number;
  now?: () => number;
  random?: () => number;
  wait?: (delayMs: number) => Promise<unknown>;
};

const BACKOFF_BASE_MS = 100;
const BACKOFF_CAP_MS = 5000;
/** "Busy" and "away": the front door's own answers for a service that is not there among them. */
const passing = new Set([429, 502, 503, 504]);

/**
 * Requests to the front door. Every request of a replay may be repeated, because each names its key or the state that it
 * expects: so all are, with full jitter, until the shop has an answer.
 */
export function createShopClient({
  baseUrl,
  timeoutMs = 30_000,
  patienceMs = 120_000,
  now = Date.now,
  random = Math.random,
  wait = sleep,
}: ShopClientOptions): ShopClient {
  let repeats = 0;
  return {
    repeats: () => repeats,
    async send<Body>(request: ShopRequest): Promise<Answer<Body>> {
      const deadlineAt = now() + patienceMs;
      let refused = false;
      for (let attempt = 0; ; attempt += 1) {
        const answer: Answer<Body> | Unanswered = await sendOnce<Body>(request, refused).catch((error: unknown) =>
          unanswered(error),
        );
        if ('status' in answer && !passing.has(answer.status) && (answer.status !== 401 || refused)) return answer;
        refused = 'status' in answer && answer.status === 401;
        const jitterMs = random() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** attempt);
        const askedMs = 'status' in answer ? Number(answer.headers.get('retry-after') ?? 0) * 1000 : 0;
        const delayMs = jitterMs + (Number.isFinite(askedMs) ? askedMs : 0);
        if (now() + delayMs > deadlineAt) throw gaveUp(request, answer);
        repeats += 1;
        await wait(delayMs);
      }
    },
  };

  async function sendOnce<Body>(request: ShopRequest, refused: boolean): Promise<Answer<Body>> {
    const { method, path, token, headers, body } = request;
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        ...headers,
        ...(token && { authorization: `Bearer ${await token(refused)}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text || 'null') as Body };
  }
}

type Unanswered = { why: string };

function unanswered(error: unknown): Unanswered {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return { why: cause instanceof Error ? cause.message || cause.name : String(cause) };
}

function gaveUp({ method, path }: ShopRequest, last: Answer | Unanswered): Error {
  const why = 'status' in last ? `${last.status} ${JSON.stringify(last.body)}` : last.why;
  return new Error(`the shop does not answer ${method} ${path}: ${why}`);
}
