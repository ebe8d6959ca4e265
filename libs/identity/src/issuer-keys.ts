import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { IdentityError } from './identity-error.ts';

/** Withdrawn keys are forgotten within this time, as long as the issuer answers. */
const REFRESH_AFTER_MS = 10 * 60_000;
/** Tokens with invented key ids make us ask the issuer at most this often. */
const COOLDOWN_MS = 30_000;
const RETRY_AFTER_FAILURE_MS = 1_000;

/**
 * The issuer's public keys (RFC 7517), fetched at first use and kept for as long as the issuer cannot be reached: only a
 * key that we have never seen needs it. Throws IdentityError `unavailable` when the issuer is needed and away.
 */
export function createIssuerKeys(jwksUrl: string, timeoutMs: number, now: () => number): JWTVerifyGetKey {
  const create = () =>
    createRemoteJWKSet(new URL(jwksUrl), {
      timeoutDuration: timeoutMs,
      // When to fetch is decided here and not by jose, which would stop serving old keys while the issuer is away.
      cacheMaxAge: Number.POSITIVE_INFINITY,
      cooldownDuration: Number.POSITIVE_INFINITY,
    });
  // Made at first use: with it Node loads its own HTTP client, which would make every start longer.
  let made: ReturnType<typeof create> | undefined;
  const keySet = () => {
    made ??= create();
    return made;
  };
  let mayAskAt = Number.NEGATIVE_INFINITY;
  let refreshAt = Number.NEGATIVE_INFINITY;
  let failure: unknown;

  return async (header, token) => {
    if (!keySet().fresh) await ask();
    else if (now() >= refreshAt) askInBackground();
    try {
      return await keySet()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await ask();
      return keySet()(header, token);
    }
  };

  async function ask(): Promise<void> {
    if (now() >= mayAskAt) await reload();
    if (failure)
      throw new IdentityError('unavailable', 'The keys of the token issuer cannot be had', { cause: failure });
  }

  function askInBackground(): void {
    if (now() >= mayAskAt) void reload();
  }

  async function reload(): Promise<void> {
    try {
      await keySet().reload();
      failure = undefined;
      mayAskAt = now() + COOLDOWN_MS;
      refreshAt = now() + REFRESH_AFTER_MS;
    } catch (error) {
      failure = error;
      mayAskAt = now() + RETRY_AFTER_FAILURE_MS;
    }
  }
}
