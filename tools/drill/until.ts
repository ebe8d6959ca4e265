import { setTimeout as sleep } from 'node:timers/promises';

export type UntilOptions = { within: number; every?: number; signal?: AbortSignal | undefined };

/** Asks again and again, in milliseconds, until there is an answer; throws when there is none in time. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { within, every = 1000, signal }: UntilOptions,
): Promise<T> {
  const deadlineAt = performance.now() + within;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadlineAt) throw new Error(`Waited ${within / 1000} s in vain until ${what}.`);
    await sleep(every, undefined, { signal });
  }
}
