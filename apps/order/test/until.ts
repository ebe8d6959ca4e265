import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer fits; fails when it does not within ten seconds. */
export async function until<Answer>(
  ask: () => Answer | Promise<Answer>,
  fits: (answer: Answer) => boolean,
): Promise<Answer> {
  for (const deadlineAt = Date.now() + 10_000; ; ) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (Date.now() > deadlineAt) throw new Error(`still ${JSON.stringify(answer)}`);
    await sleep(10);
  }
}
