import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { parseConfig } from '@shop/config';
import { createSandboxGateway } from '../src/app.ts';
import { SandboxGatewayConfig } from '../src/config.ts';
import { tokenTable } from '../src/tokens.ts';
import { createLedger, type TestLedger } from './ledger.ts';
import { type RunningGateway, runGateway } from './running-gateway.ts';

let ledger: TestLedger;
let gateway: RunningGateway;
beforeAll(async () => {
  ledger = await createLedger();
  gateway = await runGateway(ledger.table);
});
afterAll(async () => {
  await gateway.stop();
  await ledger.drop();
});

const ask = { amountMinor: 500, currency: 'GBP', reference: 'ord_bad', paymentMethod: 'pm_approve' };
const { reference: _, ...withoutReference } = ask;
const key = { 'idempotency-key': 'ord_bad' };

describe('bad input is a problem and leaves nothing behind', () => {
  test.each([
    ['an amount in a string', { ...ask, amountMinor: '500' }, key, 400],
    ['a fraction of a penny', { ...ask, amountMinor: 0.5 }, key, 400],
    ['a negative amount', { ...ask, amountMinor: -1 }, key, 400],
    ['a currency that is none', { ...ask, currency: 'QQQ' }, key, 400],
    ['no reference', withoutReference, key, 400],
    ['an unknown member', { ...ask, capture: true }, key, 400],
    ['no key', ask, {}, 400],
    ['an empty key', ask, { 'idempotency-key': '' }, 400],
    ['broken JSON', '{"amountMinor":', key, 400],
    ['a body that is too large', { ...ask, paymentMethod: 'x'.repeat(70_000) }, key, 413],
    ['a body that is no JSON', 'amount=5', { ...key, 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('a charge with %s', async (_what, body, headers, status) => {
    const answer = await gateway.send('POST', '/v1/charges', { body, headers });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await ledger.entries('ord_bad')).toEqual([]);
  });

  test.each([
    ['a refund of nothing', { chargeId: 'ch_1', reference: 'ord_bad', amountMinor: 0, currency: 'GBP' }],
    ['a refund without a charge', { reference: 'ord_bad', amountMinor: 1, currency: 'GBP' }],
  ])('%s', async (_what, body) => {
    expect(await gateway.send('POST', '/v1/refunds', { body, headers: key })).toMatchObject({ status: 400 });
  });

  test.each(['limit=0', 'limit=101', 'limit=many', 'cursor=nonsense', 'cursor=WyIiLCIiXQ', 'reference=a:b', 'page=2'])(
    'a look-up by %s',
    async (query) => {
      expect(await gateway.send('GET', `/v1/charges?${query}`)).toMatchObject({ status: 400 });
    },
  );
});

describe('the API key', () => {
  test.each([
    ['missing', { authorization: '' }],
    ['wrong', { authorization: 'Bearer wrong' }],
    ['of another scheme', { authorization: 'Basic key-of-this-test' }],
    ['longer than the right one', { authorization: 'Bearer key-of-this-test-2' }],
  ])('that is %s is a 401 with a challenge', async (_what, headers) => {
    const answer = await gateway.send('POST', '/v1/charges', { body: ask, headers: { ...key, ...headers } });
    expect(answer).toMatchObject({ status: 401, body: { code: 'GATEWAY_UNAUTHENTICATED' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('has to be configured', async () => {
    await expect(createSandboxGateway(parseConfig(SandboxGatewayConfig, {}))).rejects.toThrow('GATEWAY_API_KEY');
  });
});

test('the whole ledger is listed page by page, declines too, refunds and open charges not', async () => {
  const references = Array.from({ length: 7 }, (_, index) => `ord_page${index}`);
  for (const reference of references)
    await gateway.charge(reference, reference.endsWith('3') ? 'pm_decline' : 'pm_approve');
  await gateway.charge('ord_open', 'pm_error');
  const [first] = await gateway.find('ord_page0');
  await gateway.refund(first ?? {});

  const listed: unknown[] = [];
  let path = '/v1/charges?limit=2';
  for (let cursor: unknown = true; cursor; ) {
    const { body } = await gateway.send('GET', path);
    listed.push(...(body.items ?? []).map(({ reference }) => reference));
    cursor = body.nextCursor;
    path = `/v1/charges?limit=2&cursor=${cursor}`;
  }
  expect(listed.sort()).toEqual(references);
});

test('the API description is valid and tells what each token does', async () => {
  const { body } = await gateway.send('GET', '/openapi.json');
  expect(await new Validator().validate(body)).toMatchObject({ valid: true });
  expect((body.info as { description: string }).description).toContain(tokenTable());
});
