import { setTimeout as sleep } from 'node:timers/promises';
import { PeerUnavailable } from './peer-unavailable.ts';

const backoffBaseMs = 50;
const backoffCapMs = 1000;

/**
 * Repeats an idempotent call up to `attempts` times in all, with full jitter and never past the deadline (epoch ms). A
 * peer that named a Retry-After is left alone that long. Fails as the last attempt that may have reached the peer did,
 * else as the last.
 * Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
 */
export async function withRetries<Answer>(
  { attempts, deadlineAt, random }: { attempts: number; deadlineAt: number; random: () => number },
  call: () => Promise<Answer>,
): Promise<Answer> {
  let failure: PeerUnavailable | undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof PeerUnavailable)) throw error;
      if (error.sent || !failure?.sent) failure = error;
      if (attempt >= attempts || !isPassing(error)) throw failure;
      const jitterMs = random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** (attempt - 1));
      const delayMs = Math.max(jitterMs, error.retryAfterMs ?? 0);
      if (Date.now() + delayMs >= deadlineAt) throw failure;
      await sleep(delayMs);
    }
  }
}

/** A 4xx, a malformed answer and an open circuit do not get better within one request. */
function isPassing({ reason, status = 0 }: PeerUnavailable): boolean {
  return reason === 'timeout' || reason === 'connection' || (reason === 'status' && (status >= 500 || status === 429));
}
