import { SecretValue } from './secret-value.ts';

/** A secret that may change while we run: ask for it at each use and keep no copy. */
export type Secret = {
  /** The value as of the last few minutes, or the last good one while its source is away. Rejects only before there is one. */
  read(): Promise<SecretValue>;
  /**
   * Asks the source anew, for when the value was refused. The same object as before means that the secret has not changed,
   * the source is away, or the last refresh was only seconds ago: using it again would be refused again.
   */
  refresh(): Promise<SecretValue>;
};

export type CacheOptions = {
  ttlMs: number;
  now: () => number;
  /** Hears of refreshes that failed while an older value goes on serving. */
  onRefreshFailure: (error: unknown) => void;
};

const RETRY_AFTER_FAILURE_MS = 1_000;
/** A key that is wrong at its source as well would otherwise cost a call for each payment. */
const FORCED_REFRESH_INTERVAL_MS = 10_000;

/** Keeps what `fetchText` gives for `ttlMs`; then goes on serving it while one fetch in the background renews it. */
export function createCachedSecret(
  fetchText: () => Promise<string>,
  { ttlMs, now, onRefreshFailure }: CacheOptions,
): Secret {
  let current: SecretValue | undefined;
  let failure: unknown;
  let inFlight: Promise<SecretValue> | undefined;
  let forced: Promise<SecretValue> | undefined;
  let renewAt = Number.NEGATIVE_INFINITY;
  let mayForceAt = Number.NEGATIVE_INFINITY;

  return { read, refresh };

  async function read(): Promise<SecretValue> {
    if (now() < renewAt) {
      if (!current) throw failure;
      return current;
    }
    if (!current) return fetchOnce();
    void renew(current);
    return current;
  }

  async function refresh(): Promise<SecretValue> {
    if (!current) return read();
    if (now() < mayForceAt) return forced ?? current;
    mayForceAt = now() + FORCED_REFRESH_INTERVAL_MS;
    forced = force(current).finally(() => {
      forced = undefined;
    });
    return forced;
  }

  /** A fetch that is under way may have begun before the rotation, and bring once more the value that was refused. */
  async function force(refused: SecretValue): Promise<SecretValue> {
    await inFlight?.catch(() => undefined);
    return renew(current ?? refused);
  }

  async function renew(lastGood: SecretValue): Promise<SecretValue> {
    try {
      return await fetchOnce();
    } catch (error) {
      onRefreshFailure(error);
      return lastGood;
    }
  }

  function fetchOnce(): Promise<SecretValue> {
    inFlight ??= fetchNow().finally(() => {
      inFlight = undefined;
    });
    return inFlight;
  }

  async function fetchNow(): Promise<SecretValue> {
    try {
      const text = await fetchText();
      if (current?.reveal() !== text) current = new SecretValue(text);
      renewAt = now() + ttlMs;
      return current as SecretValue;
    } catch (error) {
      failure = error;
      renewAt = now() + RETRY_AFTER_FAILURE_MS;
      throw error;
    }
  }
}
