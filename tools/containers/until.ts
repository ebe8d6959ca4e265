import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 50;

/** Asks again until the answer is neither false nor undefined, and resolves to it. Rejects after the deadline or by the signal. */
export async function until<T>(
  what: string,
  deadlineMs: number,
  ask: () => Promise<T | false | undefined>,
  { pauseMs = PAUSE_MS, signal }: { pauseMs?: number; signal?: AbortSignal } = {},
): Promise<T> {
  const deadlineAt = Date.now() + deadlineMs;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== false && answer !== undefined) return answer;
    if (Date.now() > deadlineAt) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await delay(pauseMs, undefined, { signal });
  }
}
