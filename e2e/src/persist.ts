import type { Answer } from './customer.ts';
import { until } from './until.ts';

/** A 5xx tells nothing about the outcome: a client sends the same request again, with the same key. */
export function persist<T>(send: () => Promise<Answer<T>>): Promise<Answer<T>> {
  return until(
    'the request is answered',
    async () => {
      const answer = await send();
      return answer.status < 500 && answer;
    },
    { timeoutMs: 60_000 },
  );
}
