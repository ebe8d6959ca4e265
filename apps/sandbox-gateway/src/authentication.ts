import { createHash, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '@shop/contracts/problem';
import type { Secret } from '@shop/secrets';
import type { onRequestAsyncHookHandler } from 'fastify';
import { wrongKey } from './errors.ts';

/**
 * Lets a request through that carries the current API key as a bearer token. A key that does not match is compared once
 * more with the secret as it is now, because it may have been rotated since it was read.
 */
export function requireApiKey(apiKey: Secret): onRequestAsyncHookHandler {
  return async ({ headers }) => {
    const given = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (given && (isSame(given, await apiKey.read()) || isSame(given, await apiKey.refresh()))) return;
    throw new ProblemError(wrongKey, { headers: { 'www-authenticate': 'Bearer' } });
  };
}

/** Compares hashes in constant time: neither the key nor its length shows in how long a refusal takes. */
function isSame(given: string, key: { reveal(): string }): boolean {
  return timingSafeEqual(sha256(given), sha256(key.reveal()));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
