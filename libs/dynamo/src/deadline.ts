import { setTimeout as sleep } from 'node:timers/promises';
import { StorageUnavailable } from './errors.ts';

/**
 * Runs `call` with a signal that aborts at `deadlineAt` (epoch ms). The timer ends with the call: AbortSignal.timeout
 * would keep thousands of timers alive in a busy process.
 */
export async function untilDeadline<Answer>(
  name: string,
  deadlineAt: number,
  call: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const remainingMs = deadlineAt - Date.now();
  if (remainingMs <= 0) throw new StorageUnavailable(`${name}: the deadline had passed`);
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), remainingMs);
  try {
    return await call(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

const backoffBaseMs = 20;
const backoffCapMs = 400;

/**
 * Waits before try `attempt + 1`, attempts counted from 0: full jitter, a random part of a delay that doubles.
 * Gives up at once when the wait would outlast the deadline.
 * Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
 */
export async function backOff(
  name: string,
  { attempt, deadlineAt, random, cause }: { attempt: number; deadlineAt: number; random: () => number; cause: unknown },
): Promise<void> {
  const delayMs = random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** attempt);
  if (Date.now() + delayMs >= deadlineAt) {
    throw new StorageUnavailable(`${name}: busy until the deadline, ${attempt + 1} attempts`, { cause });
  }
  await sleep(delayMs);
}
