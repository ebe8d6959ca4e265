import type { OrderAudit } from './placed-orders.ts';

export type Outcome = {
  requests: number;
  failed: number;
  stopped: readonly { name: string; exitCode: number }[];
  orders: OrderAudit;
  reconcileExitCode: number;
  /** Failures for which the balancer had sent the request to a task that was gone. */
  failedAtStoppedTasks: number;
};

/** One assertion, and what was found when it does not hold. */
export type Check = { title: string; passed: boolean; found: string };

const whole = new Intl.NumberFormat('en');

/** What has to hold where a stop is to harm nobody. */
export function judgeHarmless(outcome: Outcome, wanted: { requests: number; replicas: number }): Check[] {
  const { requests, failed, stopped } = outcome;
  const badly = stopped.filter(({ exitCode }) => exitCode !== 0);
  return [
    check('no request failed', failed === 0, `${whole.format(failed)} of ${whole.format(requests)}`),
    check(
      `at least ${whole.format(wanted.requests)} requests were sent`,
      requests >= wanted.requests,
      whole.format(requests),
    ),
    check(`${wanted.replicas} tasks were replaced`, stopped.length === wanted.replicas, `${stopped.length}`),
    check(
      'every task ended with exit code 0',
      badly.length === 0,
      badly.map(({ name, exitCode }) => `${name}: ${exitCode}`).join(', '),
    ),
    ...judgeOrders(outcome),
  ];
}

/** What has to be seen where the order of steps is broken: without it the other modes would prove nothing. */
export function judgeBroken(outcome: Outcome): Check[] {
  const { failed, failedAtStoppedTasks } = outcome;
  return [
    check('requests failed', failed > 0, 'none'),
    check(
      'the balancer had sent some of them to a task that no longer accepted',
      failedAtStoppedTasks > 0,
      `none of ${failed}`,
    ),
    ...judgeOrders(outcome),
  ];
}

function judgeOrders({ orders, reconcileExitCode }: Pick<Outcome, 'orders' | 'reconcileExitCode'>): Check[] {
  const { placed, lost, open } = orders;
  const found = [`${lost.length} lost`, `${open.length} open`, ...[...lost, ...open].slice(0, 5)].join(', ');
  return [
    check(
      `each of ${whole.format(placed)} orders is there and settled`,
      placed > 0 && lost.length + open.length === 0,
      found,
    ),
    reconciled(reconcileExitCode),
  ];
}

export type KillOutcome = {
  bought: number;
  unconfirmed: readonly string[];
  unsettled: readonly string[];
  /** Orders that took more than one request: without any, nobody has noticed the kills. */
  repeated: number;
  reconcileExitCode: number;
};

/** What has to hold after services were killed. */
export function judgeKills({ bought, unconfirmed, unsettled, repeated, reconcileExitCode }: KillOutcome): Check[] {
  return [
    check('the kills were felt: orders had to be repeated', repeated > 0, 'none'),
    check('each order was settled in the end', unsettled.length === 0, `${unsettled.length} were not`),
    check(
      `each of ${whole.format(bought)} orders answered with 201 is confirmed`,
      bought > 0 && unconfirmed.length === 0,
      `${unconfirmed.length} are not: ${unconfirmed.slice(0, 5).join(', ')}`,
    ),
    reconciled(reconcileExitCode),
  ];
}

function reconciled(exitCode: number): Check {
  return check('money, stock and orders agree (reconcile)', exitCode === 0, `reconcile ended with ${exitCode}`);
}

function check(title: string, passed: boolean, found: string): Check {
  return { title, passed, found };
}

export function checkLine({ title, passed, found }: Check): string {
  return passed ? `ok      ${title}` : `FAILED  ${title}: ${found}`;
}
