import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

type Patience<Answer> = {
  /** What to wait for in the answer; without it, that there is one. */
  fits?: (answer: Answer) => boolean;
  timeoutMs?: number;
  everyMs?: number;
  /** Ends the waiting; it rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
};

/**
 * Asks again and again until the answer fits, and resolves to it: for what happens in another process, of which no event
 * tells. When the time is up, it fails with what was waited for and the last answer; at once when asking fails.
 */
export async function until<Answer>(
  what: string,
  ask: () => Answer | Promise<Answer>,
  { fits = Boolean, timeoutMs = 20_000, everyMs = 20, signal }: Patience<Answer> = {},
): Promise<Exclude<Answer, undefined | null | false>> {
  for (const deadlineAt = Date.now() + timeoutMs; ; ) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (fits(answer)) return answer as Exclude<Answer, undefined | null | false>;
    if (Date.now() > deadlineAt)
      throw new Error(`Waited ${timeoutMs} ms in vain until ${what}, still ${inspect(answer)}`);
    await delay(everyMs, undefined, { signal });
  }
}
