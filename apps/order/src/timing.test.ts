import { describe, expect, test } from '@jest/globals';
import { backoffMsOf, callDeadline, leaseMsOf } from './timing.ts';

describe('a lease', () => {
  test('doubles from the third attempt on, up to 30 seconds', () => {
    const leases = [1, 2, 3, 4, 5, 6, 50].map((attempt) => leaseMsOf(attempt, { leaseMs: 5000 }));
    expect(leases).toEqual([5000, 5000, 10_000, 20_000, 30_000, 30_000, 30_000]);
  });

  test('covers calls until its reserve begins, and no longer', () => {
    const budget = { leaseMs: 5000, passBudgetMs: 4000 };
    expect(callDeadline({ dueAt: 10_000 }, budget, 8999)).toBe(9000);
    expect(() => callDeadline({ dueAt: 10_000 }, budget, 9000)).toThrow('covers no further call');
    expect(() => callDeadline({}, budget, 1)).toThrow('covers no further call');
  });
});

describe('the wait after a failed pass', () => {
  const backoff = { backoffBaseMs: 200, backoffCapMs: 20_000 };

  test('is anything up to a bound that doubles from 0.2 to 20 seconds', () => {
    const bounds = [1, 2, 3, 7, 8, 2000].map((attempt) => backoffMsOf(attempt, backoff, () => 1));
    expect(bounds).toEqual([200, 400, 800, 12_800, 20_000, 20_000]);
    expect(backoffMsOf(8, backoff, () => 0)).toBe(0);
    expect(backoffMsOf(8, backoff, () => 0.25)).toBe(5000);
  });
});
