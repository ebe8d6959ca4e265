/** Resolves when all is well and rejects when not; it should give up by `deadlineAt` (epoch milliseconds). */
export type Check = (deadlineAt: number) => Promise<unknown>;

export type NamedCheck = { name: string; kind: 'required' | 'informative'; check: Check };

export type CheckResult = {
  name: string;
  kind: NamedCheck['kind'];
  status: 'ok' | 'failed';
  durationMs: number;
  /** The error's name only: its message may quote what is not for everyone who can reach the probe. */
  reason?: string;
};

/** After so many of its deadlines a check that hangs is given up for lost: it waits for what will never come. */
const LOST_AFTER_DEADLINES = 10;

export type CheckOptions = { timeoutMs: number; cacheMs: number; now: () => number };

/**
 * Gives a function that runs the checks side by side, each within `timeoutMs`, and keeps the results for `cacheMs`:
 * however many ask, the dependencies feel one prober.
 */
export function createCheckRunner(
  checks: readonly NamedCheck[],
  { timeoutMs, cacheMs, now }: CheckOptions,
): () => Promise<CheckResult[]> {
  const unfinished = new Map<NamedCheck, { attempt: Promise<unknown>; lostAt: number }>();
  let results: Promise<CheckResult[]> | undefined;
  let expiresAt = Number.POSITIVE_INFINITY;

  return () => {
    if (!results || now() >= expiresAt) {
      expiresAt = Number.POSITIVE_INFINITY;
      results = Promise.all(checks.map(run)).finally(() => {
        expiresAt = now() + cacheMs;
      });
    }
    return results;
  };

  async function run(named: NamedCheck): Promise<CheckResult> {
    const { name, kind } = named;
    const startedAt = now();
    try {
      await withinTime(start(named), timeoutMs);
      return { name, kind, status: 'ok', durationMs: now() - startedAt };
    } catch (error) {
      const reason = (error as Error | undefined)?.name ?? 'Error';
      return { name, kind, status: 'failed', durationMs: now() - startedAt, reason };
    }
  }

  /** A check that hangs past its deadline is waited for again, lest hung ones pile up, and started again when it is lost. */
  function start(named: NamedCheck): Promise<unknown> {
    const running = unfinished.get(named);
    if (running && now() < running.lostAt) return running.attempt;
    const attempt = (async () => named.check(now() + timeoutMs))().finally(() => {
      if (unfinished.get(named)?.attempt === attempt) unfinished.delete(named);
    });
    unfinished.set(named, { attempt, lostAt: now() + timeoutMs * LOST_AFTER_DEADLINES });
    return attempt;
  }
}

async function withinTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const { promise: timedOut, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DOMException('The check took too long', 'TimeoutError')), timeoutMs);
  try {
    return await Promise.race([work, timedOut]);
  } finally {
    clearTimeout(timer);
  }
}
