import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer is yes; fails after 25 seconds. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const latest = Date.now() + 25_000;
  while (!(await holds())) {
    if (Date.now() > latest) throw new Error(`It never came that ${what}`);
    await delay(10);
  }
}
