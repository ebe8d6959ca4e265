import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until there is an answer, and gives it; fails after 25 seconds. */
export async function until<Answer>(what: string, ask: () => Promise<Answer | undefined | false>): Promise<Answer> {
  const latest = Date.now() + 25_000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > latest) throw new Error(`It never came that ${what}`);
    await delay(10);
  }
}
