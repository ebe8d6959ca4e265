export type FreshCache<T> = {
  /** The kept answer, or a new one. */
  get(key: string): Promise<T>;
  /** A new answer, or one that is on its way. */
  renew(key: string): Promise<T>;
};

/** Keeps each answer for a moment, and asks once for all who want it meanwhile. A failure is not kept. */
export function createFreshCache<T>(
  load: (key: string) => Promise<T>,
  { keepMs, now }: { keepMs: number; now: () => number },
): FreshCache<T> {
  const kept = new Map<string, { since: number; isPending: boolean; answer: Promise<T> }>();

  function renew(key: string): Promise<T> {
    const last = kept.get(key);
    if (last?.isPending) return last.answer;
    const entry = { since: now(), isPending: true, answer: load(key) };
    kept.set(key, entry);
    entry.answer.then(
      () => {
        entry.isPending = false;
      },
      () => kept.delete(key),
    );
    return entry.answer;
  }

  return {
    get(key) {
      for (const [each, { since, isPending }] of kept) if (!isPending && now() - since >= keepMs) kept.delete(each);
      return kept.get(key)?.answer ?? renew(key);
    },
    renew,
  };
}
