import { until } from '@shop/testing/until';

/** A 5xx tells nothing about the outcome: a client sends the same request again, with the same key. */
export function persist<A extends { status: number }>(send: () => Promise<A>): Promise<A> {
  return until(
    'the request is answered',
    async () => {
      const answer = await send();
      return answer.status < 500 && answer;
    },
    { timeoutMs: 60_000 },
  );
}
