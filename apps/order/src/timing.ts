/** How long things may take, in milliseconds, and how many run side by side; the defaults stand in config.ts. */
export type Timing = {
  leaseMs: number;
  /** The part of a lease in which a pass may make calls; the rest covers the write that puts the order back. */
  passBudgetMs: number;
  /** After this long a client gets 202, and the pass goes on behind it. */
  answerBudgetMs: number;
  recoveryIntervalMs: number;
  recoveryPoolSize: number;
  backoffBaseMs: number;
  backoffCapMs: number;
  /** The wait of an order that the gateway refuses by our own fault. */
  parkedRetryMs: number;
  drainMs: number;
};

const LONGEST_LEASE_MS = 30_000;

/** From the third attempt on leases double: a payment that needs longer than the first passes allow must still settle. */
export function leaseMsOf(attempt: number, { leaseMs }: Pick<Timing, 'leaseMs'>): number {
  return Math.max(leaseMs, Math.min(LONGEST_LEASE_MS, leaseMs * 2 ** Math.max(0, attempt - 2)));
}

/** Full jitter: anything up to a bound that doubles. Source: AWS Architecture Blog, "Exponential Backoff And Jitter". */
export function backoffMsOf(
  attempt: number,
  { backoffBaseMs, backoffCapMs }: Pick<Timing, 'backoffBaseMs' | 'backoffCapMs'>,
  random: () => number = Math.random,
): number {
  return Math.floor(random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** (attempt - 1)));
}

/**
 * When the next call of a pass must have ended, so that none outlives the lease (`dueAt`): calls share the pass budget.
 * Throws when it is used up.
 */
export function callDeadline(
  { dueAt = 0 }: { dueAt?: number },
  { leaseMs, passBudgetMs }: Pick<Timing, 'leaseMs' | 'passBudgetMs'>,
  now: number,
): number {
  const deadlineAt = dueAt - (leaseMs - passBudgetMs);
  if (now >= deadlineAt) throw new Error('the lease covers no further call');
  return deadlineAt;
}
