import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { SignJWT, UnsecuredJWT } from 'jose';
import { createIdentity, IdentityError } from './identity.ts';
import { AUDIENCE, goodClaims, ISSUER, NOW, startIssuer } from './issuer.fixture.ts';

let issuer: Awaited<ReturnType<typeof startIssuer>>;
let app: FastifyInstance;
let clock: number;

beforeEach(async () => {
  clock = NOW;
  issuer = await startIssuer();
  await issuer.addKey('k1');
  const identity = createIdentity({
    issuer: ISSUER,
    audience: AUDIENCE,
    jwksUrl: issuer.jwksUrl,
    timeoutMs: 5000,
    now: () => clock,
  });
  app = Fastify();
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof IdentityError)) return reply.code(500).send(String(error));
    return reply.code(401).send({ reason: error.reason, scope: error.scope, message: error.message });
  });
  const me = (request: object) => {
    const { customerId, scopes } = identity.callerOf(request);
    return { customerId, scopes: [...scopes] };
  };
  app.get('/me', { onRequest: identity.required() }, async (request) => me(request));
  app.post('/admin', { onRequest: identity.required('shop:admin') }, async (request) => me(request));
  app.get('/open', async (request) => me(request));
  await app.listen({ host: '127.0.0.1', port: 0 });
});

afterEach(async () => {
  await app.close();
  await issuer.close();
});

async function get(path: string, authorization?: string, method = 'GET', body?: string) {
  const response = await fetch(app.listeningOrigin + path, {
    method,
    headers: { ...(authorization && { authorization }), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body }),
  });
  const text = await response.text();
  return response.status === 500 ? text : JSON.parse(text);
}

const meWith = async (token: string) => get('/me', `Bearer ${token}`);

describe('a good token', () => {
  test.each(['ES256', 'RS256'] as const)('signed with %s names its customer and scopes', async (algorithm) => {
    await issuer.addKey('k2', algorithm);
    const token = await issuer.token('k2', goodClaims);
    expect(await meWith(token)).toEqual({ customerId: 'ada', scopes: ['openid', 'shop:admin'] });
  });

  test('is asked for once: the keys of the issuer are fetched for the first request only', async () => {
    const token = await issuer.token('k1', goodClaims);
    await Promise.all([meWith(token), meWith(token), meWith(token)]);
    await meWith(token);
    expect(issuer.fetches()).toBe(1);
  });

  test('passes with our audience among several, any case of the scheme, and a clock a little off', async () => {
    const token = await issuer.token('k1', { ...goodClaims, aud: ['other', AUDIENCE], exp: NOW / 1000 - 2 });
    expect(await get('/me', `bearer ${token}`)).toMatchObject({ customerId: 'ada' });
  });

  test('of one request says nothing about the caller of another', async () => {
    const [ada, bob] = await Promise.all([
      issuer.token('k1', goodClaims).then(meWith),
      issuer.token('k1', { ...goodClaims, sub: 'bob', scope: '' }).then(meWith),
    ]);
    expect([ada.customerId, bob.customerId]).toEqual(['ada', 'bob']);
    expect(bob.scopes).toEqual([]);
  });
});

describe('a request without a good token', () => {
  test.each([undefined, '', 'Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b'])(
    'is refused as missing: %s',
    async (header) => {
      expect(await get('/me', header)).toMatchObject({ reason: 'missing' });
    },
  );

  test.each(['x', 'a.b.c', '..', 'eyJhbGciOiJFUzI1NiJ9.e30.'])('is refused as invalid: %s', async (token) => {
    expect(await meWith(token)).toMatchObject({ reason: 'invalid' });
  });

  const { sub: _sub, ...withoutSub } = goodClaims;
  const { exp: _exp, ...withoutExp } = goodClaims;
  const { aud: _aud, ...withoutAudience } = goodClaims;
  test.each([
    ['expired', { ...goodClaims, exp: NOW / 1000 - 60 }, 'expired'],
    ['not yet valid', { ...goodClaims, nbf: NOW / 1000 + 60 }, '"nbf"'],
    ['for another audience', { ...goodClaims, aud: 'another-shop' }, '"aud"'],
    ['for nobody in particular', withoutAudience, '"aud"'],
    ['for no audience at all', { ...goodClaims, aud: [] }, '"aud"'],
    ['for an audience that is no text', { ...goodClaims, aud: [7 as unknown as string] }, '"aud"'],
    ['of another issuer', { ...goodClaims, iss: 'https://evil.test' }, '"iss"'],
    ['without a subject', withoutSub, '"sub"'],
    ['with an empty subject', { ...goodClaims, sub: '' }, '"sub"'],
    ['with a subject of 256 characters', { ...goodClaims, sub: 'x'.repeat(256) }, '"sub"'],
    ['without an expiry', withoutExp, '"exp"'],
  ])('is refused when the token is %s', async (_name, claims, word) => {
    const answer = await meWith(await issuer.token('k1', claims));
    expect(answer).toEqual({ reason: 'invalid', message: expect.stringContaining(word) });
  });

  test('is refused when the token is not signed (alg: none)', async () => {
    expect(await meWith(new UnsecuredJWT(goodClaims).encode())).toMatchObject({ reason: 'invalid' });
  });

  test('is refused when the token is signed with HS256 and the public key as its secret', async () => {
    const secret = new TextEncoder().encode(await issuer.publicText('k1'));
    const forged = await new SignJWT(goodClaims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret);
    expect(await meWith(forged)).toMatchObject({ reason: 'invalid' });
  });

  test('is refused when the issuer signs with an algorithm that we do not take', async () => {
    await issuer.addKey('k384', 'ES384');
    expect(await meWith(await issuer.token('k384', goodClaims))).toMatchObject({ reason: 'invalid' });
  });

  test('is refused when another key signed in the name of a published one', async () => {
    const stranger = await startIssuer();
    await stranger.addKey('k1');
    expect(await meWith(await stranger.token('k1', goodClaims))).toMatchObject({ reason: 'invalid' });
    await stranger.close();
  });

  test('is refused before its body is read', async () => {
    expect(await get('/admin', undefined, 'POST', '{ not json')).toMatchObject({ reason: 'missing' });
  });

  test('has no caller, and asking for one on an unguarded route is an error of ours', async () => {
    expect(await get('/open')).toContain('without the hook');
  });
});

describe('a scope', () => {
  test('that is granted lets the caller in', async () => {
    const token = await issuer.token('k1', goodClaims);
    expect(await get('/admin', `Bearer ${token}`, 'POST')).toMatchObject({ customerId: 'ada' });
  });

  test.each(['', 'openid', 'shop:admins xshop:admin', ['shop:admin'], undefined])(
    'that is not granted is named in the refusal: %p',
    async (scope) => {
      const token = await issuer.token('k1', { ...goodClaims, scope });
      expect(await get('/admin', `Bearer ${token}`, 'POST')).toMatchObject({ reason: 'scope', scope: 'shop:admin' });
    },
  );
});
