import { describe, expect, test } from '@jest/globals';
import { checkLine, judgeBroken, judgeHarmless, judgeKills, type Outcome } from './verdict.ts';

const good: Outcome = {
  requests: 1000,
  failed: 0,
  stopped: [
    { name: 'catalog-1', exitCode: 0 },
    { name: 'order-1', exitCode: 0 },
  ],
  orders: { placed: 300, lost: [], open: [] },
  reconcileExitCode: 0,
  failedAtStoppedTasks: 0,
};
const wanted = { requests: 1000, replicas: 2 };
const failing = (outcome: Outcome) => judgeHarmless(outcome, wanted).filter(({ passed }) => !passed);

describe('a stop that is to harm nobody', () => {
  test('passes when nothing was harmed', () => {
    expect(failing(good)).toEqual([]);
  });

  test.each<[string, Partial<Outcome>, string]>([
    ['one request failed', { failed: 1 }, 'FAILED  no request failed: 1 of 1,000'],
    ['the load was too small', { requests: 999 }, 'FAILED  at least 1,000 requests were sent: 999'],
    ['a task was left out', { stopped: good.stopped.slice(1) }, 'FAILED  2 tasks were replaced: 1'],
    [
      'a task was killed',
      { stopped: [{ name: 'order-1', exitCode: 137 }, ...good.stopped.slice(1)] },
      'FAILED  every task ended with exit code 0: order-1: 137',
    ],
    [
      'an order is lost',
      { orders: { placed: 2, lost: ['ord_a'], open: [] } },
      'FAILED  each of 2 orders is there and settled: 1 lost, 0 open, ord_a',
    ],
    [
      'an order stays open',
      { orders: { placed: 2, lost: [], open: ['ord_b'] } },
      'FAILED  each of 2 orders is there and settled: 0 lost, 1 open, ord_b',
    ],
    [
      'nobody ordered',
      { orders: { placed: 0, lost: [], open: [] } },
      'FAILED  each of 0 orders is there and settled: 0 lost, 0 open',
    ],
    [
      'reconcile finds a difference',
      { reconcileExitCode: 1 },
      'FAILED  money, stock and orders agree (reconcile): reconcile ended with 1',
    ],
  ])('fails when %s', (_what, change, line) => {
    expect(failing({ ...good, ...change }).map(checkLine)).toEqual([line]);
  });
});

describe('a stop in the wrong order', () => {
  const failed = (change: Partial<Outcome>) => judgeBroken({ ...good, ...change }).filter(({ passed }) => !passed);

  test('passes when requests failed at a task that was gone', () => {
    expect(failed({ failed: 3, failedAtStoppedTasks: 2 })).toEqual([]);
  });

  test('fails when no request failed, or for other reasons only', () => {
    expect(failed({})).toHaveLength(2);
    expect(failed({ failed: 3 }).map(checkLine)).toEqual([
      'FAILED  the balancer had sent some of them to a task that no longer accepted: none of 3',
    ]);
  });
});

describe('services that are killed', () => {
  const well = { bought: 90, unconfirmed: [], unsettled: [], repeated: 3, reconcileExitCode: 0 };
  const failed = (change: Partial<Parameters<typeof judgeKills>[0]>) =>
    judgeKills({ ...well, ...change })
      .filter(({ passed }) => !passed)
      .map(checkLine);

  test('may make customers repeat an order, and nothing worse', () => {
    expect(failed({})).toEqual([]);
    expect(failed({ unconfirmed: ['ord_a'] })).toEqual([
      'FAILED  each of 90 orders answered with 201 is confirmed: 1 are not: ord_a',
    ]);
    expect(failed({ unsettled: ['key'] })).toEqual(['FAILED  each order was settled in the end: 1 were not']);
    expect(failed({ reconcileExitCode: 2 })).toHaveLength(1);
  });

  test('prove nothing when nobody noticed', () => {
    expect(failed({ repeated: 0 })).toEqual(['FAILED  the kills were felt: orders had to be repeated: none']);
  });
});
