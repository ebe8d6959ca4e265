import { setTimeout } from 'node:timers/promises';

/** Asks until the answer is there. It fails with what was waited for when the time is up, and at once when asking fails. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs = 20_000, everyMs = 25 } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer) return answer;
    await setTimeout(everyMs);
  }
  throw new Error(`Waited ${timeoutMs} ms in vain until ${what}`);
}
