/** Attempts up to the second get the plain time-out; from the third on it doubles, up to the longest. */
const PLAIN_ATTEMPTS = 2;
const LONGEST_TIMEOUT_MS = 30_000;

/** Left of the caller's time for recording the result and answering, so that the caller does not give up first. */
const ANSWER_RESERVE_MS = 250;
const ANSWER_RESERVE_SHARE = 0.1;

/** Gateways forget idempotency keys, some after a day: half of that is the age from which no key is relied on. */
export const KEY_RELIED_ON_MS = 12 * 60 * 60 * 1000;

/** Until when one pass may wait for the gateway, in epoch ms: by its attempt, and never as long as its caller waits. */
export function gatewayDeadline(attempt: number, deadlineAt: number, timeoutMs: number, now = Date.now()): number {
  const doubled = timeoutMs * 2 ** Math.max(0, attempt - PLAIN_ATTEMPTS);
  const longestMs = Math.max(timeoutMs, LONGEST_TIMEOUT_MS);
  const reserveMs = Math.min(ANSWER_RESERVE_MS, (deadlineAt - now) * ANSWER_RESERVE_SHARE);
  return Math.min(now + Math.min(doubled, longestMs), deadlineAt - reserveMs);
}

/**
 * Whether to look at what the gateway knows before asking it again: after two unknown outcomes, since some gateways
 * repeat a failure under its key for ever, and once the key may have been forgotten.
 */
export function shouldLookFirst(attempt: number, intendedAt: string, now: number): boolean {
  return attempt > PLAIN_ATTEMPTS || now - Date.parse(intendedAt) >= KEY_RELIED_ON_MS;
}
