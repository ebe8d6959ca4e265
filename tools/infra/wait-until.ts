import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

type Patience<Answer> = {
  /** What to wait for in the answer; without it, that there is one. */
  fits?: (answer: Answer) => boolean;
  timeoutMs: number;
  everyMs: number;
};

/**
 * Asks again and again until the answer fits, and resolves to it. A network that fails for a moment is asked again, too, for what
 * is waited for goes on without us; any other failure ends the waiting. When the time is up, it tells the last answer.
 */
export async function waitUntil<Answer>(
  what: string,
  ask: () => Promise<Answer>,
  { fits = Boolean, timeoutMs, everyMs }: Patience<Answer>,
): Promise<Exclude<Answer, undefined | null | false>> {
  for (const deadlineAt = Date.now() + timeoutMs; ; await delay(everyMs)) {
    let last: unknown;
    try {
      const answer = await ask();
      if (fits(answer)) return answer as Exclude<Answer, undefined | null | false>;
      last = answer;
    } catch (error) {
      if (!isPassing(error)) throw error;
      last = error;
    }
    if (Date.now() > deadlineAt) {
      const told = last instanceof Error ? last.message : inspect(last);
      throw new Error(`Waited ${timeoutMs / 1000} s in vain until ${what}, still ${told}`);
    }
  }
}

const NETWORK =
  /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|TimeoutError)$/;

/** Of the network, of a service that is ill, or of one that is asked too often; by then the SDK has tried some times. */
function isPassing(error: unknown): boolean {
  const { code, name, $metadata } = error as Error & { code?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  return NETWORK.test(code ?? '') || NETWORK.test(name) || /Throttl|TooManyRequests/.test(name) || status >= 500;
}
