import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves to whether all went well. */
export type Begin = () => Promise<boolean>;

const PAUSE_AFTER_FAILURE_MS = 100;

/** So many visits at any time: each begins when another ends. Ends with the last of them. */
export async function keepBusy(concurrency: number, signal: AbortSignal, begin: Begin): Promise<void> {
  const shopper = async () => {
    while (!signal.aborted) {
      if (!(await begin())) await pause(PAUSE_AFTER_FAILURE_MS, signal);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, shopper));
}

/** So many visits begin each second, however slow the others are. Ends with the last of them. */
export async function keepRate(perSecond: number, signal: AbortSignal, begin: Begin): Promise<void> {
  const running = new Set<Promise<unknown>>();
  const startedAt = performance.now();
  for (let number = 0; ; number += 1) {
    await pause(startedAt + (number * 1000) / perSecond - performance.now(), signal);
    if (signal.aborted) break;
    const visit = begin().finally(() => running.delete(visit));
    running.add(visit);
  }
  await Promise.all(running);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0 && !signal.aborted) await sleep(ms, undefined, { signal }).catch(() => undefined);
}
