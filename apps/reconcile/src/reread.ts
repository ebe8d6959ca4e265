import { type Pause, ROUNDS } from './pause.ts';

/** What a consistent look at one subject shows; `state` is equal as long as nothing about the subject has moved. */
export type Sighting<Difference> = { differences: readonly Difference[]; state: string };

export type Verdict<Difference> = {
  /** Seen in every round, with nothing moved in between. */
  standing: Map<string, readonly Difference[]>;
  /** Seen in every round, but never the same: nothing can be said. */
  undecided: Map<string, readonly Difference[]>;
};

/**
 * Looks again at subjects that seem to differ. The parts of a subject are read one after the other, so a shop at work can
 * look wrong for a moment. Two looks at the same state, where no state ever comes back, prove that all parts had that
 * state at once; the remaining round and the pauses are for parts of one transaction that become visible one by one.
 * Subjects that look right in any round, or are gone, are dropped.
 */
export async function reread<Difference>(
  subjects: readonly string[],
  look: (subjects: readonly string[]) => Promise<Map<string, Sighting<Difference>>>,
  pause: Pause,
): Promise<Verdict<Difference>> {
  let suspects = new Map<string, Sighting<Difference> & { still: boolean }>();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const subjectsLeft = round === 1 ? subjects : [...suspects.keys()];
    if (subjectsLeft.length === 0) break;
    await pause(round);
    const before = suspects;
    suspects = new Map();
    for (const [subject, sighting] of await look(subjectsLeft)) {
      const last = before.get(subject);
      const still = last === undefined || (last.still && last.state === sighting.state);
      if (sighting.differences.length > 0) suspects.set(subject, { ...sighting, still });
    }
  }
  const verdict: Verdict<Difference> = { standing: new Map(), undecided: new Map() };
  for (const [subject, { differences, still }] of suspects) {
    (still ? verdict.standing : verdict.undecided).set(subject, differences);
  }
  return verdict;
}
