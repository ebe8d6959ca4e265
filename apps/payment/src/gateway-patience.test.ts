import { describe, expect, test } from '@jest/globals';
import { gatewayDeadline, KEY_RELIED_ON_MS, shouldLookFirst } from './gateway-patience.ts';

describe('how long a pass waits for the gateway', () => {
  const now = Date.parse('2025-06-01T12:00:00Z');
  const waitMs = (attempt: number, callerMs = 100_000) => gatewayDeadline(attempt, now + callerMs, 2500, now) - now;

  test('doubles from the third attempt on, up to 30 s', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 500].map((attempt) => waitMs(attempt))).toEqual([
      2500, 2500, 5000, 10_000, 20_000, 30_000, 30_000, 30_000,
    ]);
  });

  test('ends before the caller gives up, so that the answer reaches it', () => {
    expect(waitMs(1, 2000)).toBe(1800);
    expect(waitMs(9, 20_000)).toBe(19_750);
  });

  test('is over when the caller has given up', () => {
    expect(waitMs(1, 0)).toBe(0);
    expect(waitMs(1, -1000)).toBeLessThan(0);
  });
});

describe('the gateway is looked at before it is asked', () => {
  const intendedAt = '2025-06-01T12:00:00.000Z';
  const after = (ms: number) => Date.parse(intendedAt) + ms;

  test.each([
    ['not at the first attempt', 1, 0, false],
    ['not at the second', 2, 0, false],
    ['from the third on', 3, 0, true],
    ['not just before its key is twelve hours old', 1, KEY_RELIED_ON_MS - 1, false],
    ['once its key is twelve hours old', 1, KEY_RELIED_ON_MS, true],
  ])('%s', (_title, attempt, ageMs, expected) => {
    expect(shouldLookFirst(attempt, intendedAt, after(ageMs))).toBe(expected);
  });

  test('twelve hours are twelve hours', () => {
    expect(KEY_RELIED_ON_MS).toBe(43_200_000);
  });
});
