import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export const AUDIENCE = 'fargate-shop';

export type Issuer = Awaited<ReturnType<typeof startIssuer>>;

/** An OpenID provider's signing half: a key, the address where services fetch its public part, and tokens. */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'e2e', alg: 'ES256', use: 'sig' };
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function sign(claims: JWTPayload, expiresIn: string | number = '1h') {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'e2e' })
      .setExpirationTime(expiresIn)
      .sign(privateKey);
  }

  return {
    environment: { JWT_ISSUER: url, JWT_AUDIENCE: AUDIENCE, JWKS_URL: `${url}/jwks.json` },
    publicKey,
    sign,
    token: (customerId: string, { admin = false } = {}) =>
      sign({ sub: customerId, iss: url, aud: AUDIENCE, ...(admin && { scope: 'shop:admin' }) }),
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}
