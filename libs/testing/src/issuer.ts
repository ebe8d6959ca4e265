import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';

export type Issuer = Awaited<ReturnType<typeof startIssuer>>;
type Changes = JWTPayload & { admin?: boolean };

const AUDIENCE = 'fargate-shop';
const LIFETIME_SECONDS = 3600;
const header = { alg: 'ES256', kid: 'test' };

/** An OpenID provider's signing half: a key made at start, the address where services fetch its public part, and tokens. */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair(header.alg);
  const keys = [{ ...(await exportJWK(publicKey)), ...header, use: 'sig' }];
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** What services let in for an hour; `changes` take the place of what would be good. */
  function claims(sub: string, { admin = false, ...changes }: Changes = {}): JWTPayload {
    const exp = Math.floor(Date.now() / 1000) + LIFETIME_SECONDS;
    return { iss: url, aud: AUDIENCE, sub, exp, ...(admin && { scope: 'shop:admin' }), ...changes };
  }

  return {
    environment: { JWT_ISSUER: url, JWT_AUDIENCE: AUDIENCE, JWKS_URL: `${url}/jwks.json` },
    keyId: header.kid,
    claims,
    token: (customerId: string, changes?: Changes): Promise<string> =>
      new SignJWT(claims(customerId, changes)).setProtectedHeader(header).sign(privateKey),
    unsigned: (customerId: string): string => new UnsecuredJWT(claims(customerId)).encode(),
    async close(): Promise<void> {
      const closed = once(server, 'close');
      server.close().closeAllConnections();
      await closed;
    },
  };
}
