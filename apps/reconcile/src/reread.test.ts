import { describe, expect, test } from '@jest/globals';
import { createPause, ROUNDS } from './pause.ts';
import { reread, type Sighting } from './reread.ts';

const none = async () => undefined;

/** Shows each subject the sightings of its script, one a round; after them it is gone. */
function looker(scripts: Record<string, Sighting<string>[]>) {
  return async (subjects: readonly string[]) =>
    new Map(
      subjects.flatMap((subject) => {
        const sighting = scripts[subject]?.shift();
        return sighting ? [[subject, sighting] as const] : [];
      }),
    );
}

const wrong = (state: string) => ({ differences: ['wrong'], state });
const right = { differences: [], state: 'any' };

describe('a subject that seems wrong', () => {
  test.each<[string, Sighting<string>[], 'standing' | 'undecided' | 'dropped']>([
    ['counts when it is the same in every round', [wrong('a'), wrong('a'), wrong('a')], 'standing'],
    ['is dropped when it is right in the first', [right], 'dropped'],
    ['is dropped when it is right in the last', [wrong('a'), wrong('a'), right], 'dropped'],
    ['is dropped when it is gone', [wrong('a'), wrong('a')], 'dropped'],
    ['is undecided when it moves once', [wrong('a'), wrong('b'), wrong('b')], 'undecided'],
    ['is undecided when it moves all the time', [wrong('a'), wrong('b'), wrong('c')], 'undecided'],
  ])('%s', async (_, script, expected) => {
    const { standing, undecided } = await reread(['it'], looker({ it: script }), none);
    expect({ standing: standing.has('it'), undecided: undecided.has('it') }).toEqual({
      standing: expected === 'standing',
      undecided: expected === 'undecided',
    });
  });

  test('is looked at again apart from the others', async () => {
    const scripts = { sound: [right], broken: [wrong('a'), wrong('a'), wrong('a')] };
    const { standing } = await reread(['sound', 'broken'], looker(scripts), none);
    expect([...standing.keys()]).toEqual(['broken']);
  });
});

test('without suspects nobody waits', async () => {
  const pauses: number[] = [];
  await reread([], looker({}), async (round) => void pauses.push(round));
  expect(pauses).toEqual([]);
});

test('the pauses double, with jitter in their second half', async () => {
  const waits: number[] = [];
  const drawn = [0, 0.5, 1];
  const pause = createPause({ baseMs: 100, random: () => drawn.shift() ?? 0, wait: async (ms) => void waits.push(ms) });
  for (let round = 1; round <= ROUNDS; round += 1) await pause(round);
  expect(waits).toEqual([50, 150, 400]);
});
