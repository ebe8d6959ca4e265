import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseConfig } from '@shop/config';
import type { Service } from '@shop/service';
import { createLocalJWKSet, jwtVerify } from 'jose';
import request from 'supertest';
import { createDevIssuer } from '../src/app.ts';
import { IssuerConfig } from '../src/config.ts';

const config = parseConfig(IssuerConfig, { LOG_LEVEL: 'fatal', TOKEN_LIFETIME_S: '60' });
const expected = { issuer: 'http://localhost:3000', audience: 'fargate-shop', algorithms: ['ES256'] };

describe('the development issuer', () => {
  let service: Service;
  beforeEach(async () => {
    service = await createDevIssuer(config);
    await service.app.ready();
  });
  afterEach(() => service.close());

  const ask = (body: object, accept = 'application/json') =>
    request(service.app.server).post('/token').set('accept', accept).send(body);

  async function verify(token: string) {
    const { body } = await request(service.app.server).get('/.well-known/jwks.json');
    return jwtVerify(token, createLocalJWKSet(body), expected);
  }

  test('gives a token that its published key verifies, for the customer asked for', async () => {
    const { status, body, headers } = await ask({ customerId: 'alice' });
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 60 });
    const { payload } = await verify(body.access_token);
    expect(payload).toMatchObject({ sub: 'alice', scope: '' });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(60);
  });

  test('adds the scope of an administrator when asked to', async () => {
    const { body } = await ask({ customerId: 'root', admin: true });
    expect((await verify(body.access_token)).payload.scope).toBe('shop:admin');
  });

  test('gives a shell nothing but the token', async () => {
    const { text, headers } = await ask({ customerId: 'alice' }, 'text/plain');
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect((await verify(text)).payload.sub).toBe('alice');
  });

  test('publishes only the public half of its key', async () => {
    const { body } = await request(service.app.server).get('/.well-known/jwks.json');
    expect(body.keys).toEqual([
      {
        kty: 'EC',
        crv: 'P-256',
        alg: 'ES256',
        use: 'sig',
        kid: expect.any(String),
        x: expect.any(String),
        y: expect.any(String),
      },
    ]);
  });

  test('says where its keys are, as OpenID Connect Discovery asks', async () => {
    const { body } = await request(service.app.server).get('/.well-known/openid-configuration');
    expect(body).toMatchObject({
      issuer: 'http://localhost:3000',
      jwks_uri: 'http://localhost:3000/.well-known/jwks.json',
    });
  });

  test.each([
    ['nobody', {}],
    ['an empty name', { customerId: '' }],
    ['a number', { customerId: 1 }],
    ['a name longer than a subject may be', { customerId: 'a'.repeat(256) }],
    ['a member that it does not know', { customerId: 'a', scope: 'shop:admin' }],
  ])('refuses a request for %s', async (_what, body) => {
    const answer = await ask(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'DEV_ISSUER_INVALID_REQUEST']);
  });
});
