import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { createExplorer } from './explore/explore.ts';
import { mutants } from './explore/mutants.ts';
import { everyState, revealing, sampled } from './explore/scenarios.ts';

// Time stands still: what a time-out can do is one of the explorer's choices.
jest.useFakeTimers({ doNotFake: ['setImmediate'] });

const MAX_STATES = 150_000;
const WALKS = 1500;
const SEED = Number(process.env.EXPLORE_SEED ?? 20_26);
const figures = { states: 0, steps: 0, walks: 0 };

afterAll(() => {
  const { states, steps, walks } = figures;
  process.stderr.write(`explored ${states} states, ${steps} steps, ${walks} walks with EXPLORE_SEED=${SEED}\n`);
});

describe('whatever is late, lost, doubled or dies, all ends well, and recovery alone finishes it from every state', () => {
  test.each(everyState)('$name', async (scenario) => {
    const { states, steps, complete, violation } = await createExplorer(scenario, new Set()).everything(MAX_STATES);
    figures.states += states;
    figures.steps += steps;
    expect({ complete, violation }).toEqual({ complete: true, violation: undefined });
  });

  test.each(sampled)('$name, by chance', async (scenario) => {
    const explorer = createExplorer(scenario, new Set());
    const random = randomFrom(SEED);
    for (let walk = 0; walk < WALKS; walk += 1) {
      const { steps, violation } = await explorer.walk(random);
      figures.walks += 1;
      figures.steps += steps;
      expect(violation).toBeUndefined();
    }
  });
});

describe('the explorer notices', () => {
  test.each(mutants)('%s', async (mutant) => {
    const { violation } = await createExplorer(revealing[mutant], new Set([mutant])).everything(MAX_STATES);
    expect(violation).toBeDefined();
  });
});

/** Mulberry32: small, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
