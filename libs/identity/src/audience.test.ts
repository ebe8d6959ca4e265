import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { createIdentity, type IdentityError } from './identity.ts';
import { goodClaims, ISSUER, NOW, startIssuer } from './issuer.fixture.ts';

let issuer: Awaited<ReturnType<typeof startIssuer>>;
let check: (claims: JWTPayload, audience?: string) => Promise<string>;

beforeEach(async () => {
  issuer = await startIssuer();
  await issuer.addKey('k1', 'RS256');
  check = async (claims, audience = 'web-client program-client') => {
    const options = { issuer: ISSUER, audience, jwksUrl: issuer.jwksUrl, timeoutMs: 5000, now: () => NOW };
    const verify = createIdentity(options).required('shop/admin') as (request: object) => Promise<void>;
    const token = await issuer.token('k1', claims);
    return verify({ headers: { authorization: `Bearer ${token}` } }).then(
      () => 'ok',
      (error: IdentityError) => error.message,
    );
  };
});

afterEach(() => issuer.close());

const { aud: _aud, ...claims } = { ...goodClaims, scope: 'shop/admin' };
const wrongAudience = 'The token is not valid: its claim "aud" is missing or wrong';
const wrongUse = 'The token is not valid: its claim "token_use" is missing or wrong';

describe('with several audiences', () => {
  test.each(['web-client', 'program-client'])('a token for one of them passes: %s', async (aud) => {
    expect(await check({ ...claims, aud })).toBe('ok');
  });

  test.each(['web-client program-client', 'web', '', ' '])('a token for another does not: "%s"', async (aud) => {
    expect(await check({ ...claims, aud })).toBe(wrongAudience);
  });

  test('that are none, nobody passes', async () => {
    expect(await check({ ...claims, aud: '' }, ' ')).toBe(wrongAudience);
  });
});

describe('a token of Cognito, which names its client instead of an audience,', () => {
  const access = { ...claims, client_id: 'program-client', token_use: 'access' };

  test('passes when it is an access token of a client of ours', async () => {
    expect(await check(access)).toBe('ok');
  });

  test.each([
    ['of another client', { ...access, client_id: 'another-client' }, wrongAudience],
    ['of no client', { ...claims, token_use: 'access' }, wrongAudience],
    ['that is an ID token', { ...claims, aud: 'web-client', token_use: 'id' }, wrongUse],
    ['that is of an unknown use', { ...access, token_use: ['access'] }, wrongUse],
    ['that does not say that it is an access token', { ...claims, client_id: 'web-client' }, wrongAudience],
    ['that has an audience after all, and another', { ...access, aud: 'another-shop' }, wrongAudience],
  ])('is refused when it is one %s', async (_name, token, message) => {
    expect(await check(token)).toBe(message);
  });
});
