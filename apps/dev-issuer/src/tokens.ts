import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export type TokenOptions = { issuer: string; audience: string; lifetimeS: number; now?: () => number };

export type Tokens = {
  /** The public keys that verify the tokens (RFC 7517). */
  keySet: { keys: JWK[] };
  /** A bearer token for the customer, as a signed JWT. */
  issue(customerId: string, scopes: readonly string[]): Promise<string>;
};

/** Tokens signed by a key that lives as long as this process: after a restart the old ones are worth nothing. */
export async function createTokens({ issuer, audience, lifetimeS, now = Date.now }: TokenOptions): Promise<Tokens> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);

  return {
    keySet: { keys: [{ ...jwk, kid, alg: 'ES256', use: 'sig' }] },
    issue(customerId, scopes) {
      const issuedAt = Math.floor(now() / 1000);
      return new SignJWT({ scope: scopes.join(' ') })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(customerId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeS)
        .sign(privateKey);
    },
  };
}
