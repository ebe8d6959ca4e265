import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const header = { alg: 'ES256', kid: 'test' };

/** A token issuer on a real port, with a key made at start. */
export async function startIssuer() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), ...header, use: 'sig' };
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    environment: { JWT_ISSUER: url, JWT_AUDIENCE: 'fargate-shop', JWKS_URL: `${url}/jwks.json` },
    token(customerId: string, claims: Record<string, unknown> = {}, by: object = header): string {
      const exp = Math.floor(Date.now() / 1000) + 60;
      const payload = { iss: url, aud: 'fargate-shop', sub: customerId, exp, ...claims };
      const text = [by, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${text}.${'alg' in by && by.alg === 'none' ? '' : signature.toString('base64url')}`;
    },
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
