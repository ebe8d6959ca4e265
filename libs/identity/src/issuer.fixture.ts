import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export const ISSUER = 'https://issuer.test';
export const AUDIENCE = 'fargate-shop';

type Algorithm = 'ES256' | 'RS256' | 'ES384';
type Key = Awaited<ReturnType<typeof generateKeyPair>> & { algorithm: Algorithm };

/** A token issuer on a real port, which can add keys, break and stop, and counts how often its keys are fetched. */
export async function startIssuer() {
  const keys = new Map<string, Key>();
  const published: JWK[] = [];
  let fetches = 0;
  let failing = false;
  const server = createServer((request, response) => {
    if (request.url === '/silent') return;
    fetches += 1;
    response.statusCode = failing ? 500 : 200;
    response.end(JSON.stringify({ keys: published }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    fetches: () => fetches,
    fail(now: boolean) {
      failing = now;
    },
    async addKey(kid: string, algorithm: Algorithm = 'ES256', publish = true) {
      const pair = await generateKeyPair(algorithm, { extractable: true });
      keys.set(kid, { ...pair, algorithm });
      if (publish) published.push({ ...(await exportJWK(pair.publicKey)), kid, alg: algorithm, use: 'sig' });
    },
    withdrawKeys() {
      published.length = 0;
    },
    async token(kid: string, claims: JWTPayload): Promise<string> {
      const { privateKey, algorithm } = keyOf(kid);
      return new SignJWT(claims).setProtectedHeader({ alg: algorithm, kid }).sign(privateKey);
    },
    /** The published key as text, which a forger would use as the secret of an HMAC. */
    publicText: (kid: string) => exportSPKI(keyOf(kid).publicKey),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  function keyOf(kid: string): Key {
    const key = keys.get(kid);
    if (!key) throw new Error(`The issuer has no key ${kid}`);
    return key;
  }
}

export const NOW = Date.UTC(2026, 0, 15, 12);
/** Claims that pass; a test changes the one that it is about. */
export const goodClaims: JWTPayload = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'ada',
  scope: 'openid shop:admin',
  exp: NOW / 1000 + 3600,
};
