import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export type TestIssuer = Awaited<ReturnType<typeof startIssuer>>;

/** An issuer of tokens that serves its public key on a real port. */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
  const server = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const audience = 'fargate-shop';

  return {
    environment: { JWT_ISSUER: url, JWT_AUDIENCE: audience, JWKS_URL: `${url}/jwks.json` },
    /** The value of an Authorization header. */
    async bearer(claims: JWTPayload = {}): Promise<string> {
      const payload = { iss: url, aud: audience, sub: 'ada', scope: 'shop:admin', ...claims };
      const token = new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'test' }).setExpirationTime('1h');
      return `Bearer ${await token.sign(privateKey)}`;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
