import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createIdentity, IdentityError } from './identity.ts';
import { AUDIENCE, goodClaims, ISSUER, NOW, startIssuer } from './issuer.fixture.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

let issuer: Awaited<ReturnType<typeof startIssuer>>;
let clock: number;
let check: (kid: string) => Promise<string>;

beforeEach(async () => {
  clock = NOW;
  issuer = await startIssuer();
  await issuer.addKey('k1');
  await issuer.addKey('unpublished', 'ES256', false);
  const options = { issuer: ISSUER, audience: AUDIENCE, jwksUrl: issuer.jwksUrl, timeoutMs: 5000 };
  const verify = createIdentity({ ...options, now: () => clock }).required() as (request: object) => Promise<void>;
  check = async (kid) => {
    const token = await issuer.token(kid, { ...goodClaims, exp: clock / 1000 + 60 });
    try {
      await verify({ headers: { authorization: `Bearer ${token}` } });
      return 'ok';
    } catch (error) {
      return (error as IdentityError).reason;
    }
  };
});

afterEach(() => issuer.close());

test('an unknown key makes us ask the issuer once, then not again before the cooldown is over', async () => {
  await check('k1');
  clock += MINUTE;
  await Promise.all([check('unpublished'), check('unpublished')]);
  expect(await check('unpublished')).toBe('invalid');
  expect(issuer.fetches()).toBe(2);
  clock += MINUTE;
  expect(await check('unpublished')).toBe('invalid');
  expect(issuer.fetches()).toBe(3);
});

test('a key that the issuer adds later is found', async () => {
  await check('k1');
  await issuer.addKey('k2');
  clock += MINUTE;
  expect(await check('k2')).toBe('ok');
});

test('with the issuer away from the start, requests are told so and it is asked at most once a second', async () => {
  issuer.fail(true);
  expect(await check('k1')).toBe('unavailable');
  expect(await check('k1')).toBe('unavailable');
  expect(issuer.fetches()).toBe(1);
  issuer.fail(false);
  clock += SECOND;
  expect(await check('k1')).toBe('ok');
});

test('with the issuer gone, the keys that we have go on serving for days, and only an unknown one is unavailable', async () => {
  expect(await check('k1')).toBe('ok');
  await issuer.close();
  for (const away of [MINUTE, 11 * MINUTE, 48 * 60 * MINUTE]) {
    clock += away;
    expect(await check('k1')).toBe('ok');
    expect(await check('unpublished')).toBe('unavailable');
  }
});

test('a withdrawn key is forgotten after ten minutes, and no request waits for the new keys', async () => {
  await check('k1');
  issuer.withdrawKeys();
  clock += 10 * MINUTE;
  expect(await check('k1')).toBe('ok');
  const deadline = Date.now() + 5 * SECOND;
  while ((await check('k1')) === 'ok') expect(Date.now()).toBeLessThan(deadline);
  expect(await check('k1')).toBe('invalid');
});

test('an issuer that answers too late counts as away', async () => {
  const silent = createIdentity({
    issuer: ISSUER,
    audience: AUDIENCE,
    jwksUrl: issuer.jwksUrl.replace('jwks.json', 'silent'),
    timeoutMs: 20,
    now: () => clock,
  }).required() as (request: object) => Promise<void>;
  const token = await issuer.token('k1', goodClaims);
  const refusal = silent({ headers: { authorization: `Bearer ${token}` } });
  await expect(refusal).rejects.toMatchObject({ reason: 'unavailable' });
  await expect(refusal).rejects.toBeInstanceOf(IdentityError);
});
