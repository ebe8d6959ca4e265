import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '@shop/contracts/problem';
import { gaveUp } from './errors.ts';

/** Longer than any caller waits: a connection that nobody closes is not held for ever. */
const LONGEST_HANG_MS = 60_000;

/** Ways to be slow. Each ends at once with GATEWAY_GAVE_UP when the signal says that nobody waits any more. */
export type Patience = ReturnType<typeof createPatience>;

/** `timeScale` multiplies the time that work takes, so that a test need not sit through 8 s. */
export function createPatience(timeScale: number) {
  const scaledMs = (ms: number) => Math.round(ms * timeScale);
  return {
    scaledMs,

    async work(ms: number, signal: AbortSignal): Promise<void> {
      await delay(scaledMs(ms), undefined, { signal }).catch(giveUp);
    },

    /** Never answers: holds the connection until its caller leaves. */
    async hang(signal: AbortSignal): Promise<never> {
      await delay(LONGEST_HANG_MS, undefined, { signal }).catch(giveUp);
      return giveUp();
    },
  };
}

function giveUp(): never {
  throw new ProblemError(gaveUp, { headers: { 'retry-after': '1' } });
}
