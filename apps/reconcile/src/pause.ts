import { setTimeout as sleep } from 'node:timers/promises';

/** How often a difference is looked at again, consistently, before it counts. */
export const ROUNDS = 3;

/** Waits before a round, counted from 1. */
export type Pause = (round: number) => Promise<void>;

/** Half of a delay that doubles each round, and a random part of the other half, so that no rhythm of the shop is met. */
export function createPause({
  baseMs = 500,
  random = Math.random,
  wait = async (delayMs: number) => void (await sleep(delayMs)),
}: {
  baseMs?: number;
  random?: () => number;
  wait?: (delayMs: number) => Promise<void>;
} = {}): Pause {
  return (round) => wait(((1 + random()) / 2) * baseMs * 2 ** (round - 1));
}
