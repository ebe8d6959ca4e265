import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { type Issuer, startIssuer } from './issuer.ts';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

async function claimsOf(token: string) {
  const { JWT_ISSUER, JWT_AUDIENCE, JWKS_URL } = issuer.environment;
  const known = { issuer: JWT_ISSUER, audience: JWT_AUDIENCE };
  return (await jwtVerify(token, createRemoteJWKSet(new URL(JWKS_URL)), known)).payload;
}

test('gives tokens that hold by its environment, with the scope of an admin on request alone', async () => {
  expect(await claimsOf(await issuer.token('ada'))).not.toHaveProperty('scope');
  expect(await claimsOf(await issuer.token('ada', { admin: true }))).toMatchObject({ sub: 'ada', scope: 'shop:admin' });
});

test.each([
  ['exp', { exp: 1 }],
  ['aud', { aud: 'another-shop' }],
  ['iss', { iss: 'https://elsewhere.test' }],
])('gives tokens that fail by their %s alone, as they are told to', async (claim, changes) => {
  await expect(claimsOf(await issuer.token('ada', changes))).rejects.toMatchObject({ claim });
});

test('gives tokens that nobody signed', async () => {
  const token = issuer.unsigned('ada');
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'none' });
  await expect(claimsOf(token)).rejects.toThrow();
});
