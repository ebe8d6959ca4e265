import { expect, test } from '@jest/globals';
import { countSpans } from './count-spans.ts';
import { median, summarise } from './summary.ts';
import { variants } from './variants.ts';

test('a variant is compared with bare Fastify of the same round', () => {
  const speeds = [
    [10_000, 9_000],
    [5_000, 4_000],
    [20_000, 18_000],
  ];
  const rounds = speeds.flatMap((round) =>
    round.map((requestsPerSecond, index) => ({
      variant: variants[index] ?? { name: '', isObserved: false, traced: 0 },
      requestsPerSecond,
      cpuMicrosecondsPerRequest: 10,
      busyShare: 1,
    })),
  );
  expect(summarise(rounds)[1]).toMatchObject({ ofBare: 0.9, requestsPerSecond: 9_000 });
});

test('the median is the value in the middle, whatever the order', () => {
  expect([median([3, 1, 2]), median([10, 9, 100]), median([1])]).toEqual([2, 10, 1]);
});

test('spans are counted over all resources and scopes, in either encoding', () => {
  const field = (number: number, ...parts: Buffer[]) =>
    Buffer.concat([Buffer.from([(number << 3) | 2, Buffer.concat(parts).length]), ...parts]);
  const scope = (spans: number) =>
    field(2, field(1, Buffer.from('scope')), ...Array.from({ length: spans }, () => field(2, Buffer.from('span'))));
  expect(countSpans(Buffer.concat([field(1, field(1), scope(2), scope(1)), field(1, scope(1))]), false)).toBe(4);
  expect(countSpans(Buffer.from('[{"startTimeUnixNano":"1"},{"startTimeUnixNano":"2"}]'), true)).toBe(2);
});
