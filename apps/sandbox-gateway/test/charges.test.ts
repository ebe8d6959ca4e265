import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import { tokens } from '../src/tokens.ts';
import { createLedger, type TestLedger } from './ledger.ts';
import { type RunningGateway, runGateway } from './running-gateway.ts';

let ledger: TestLedger;
let gateway: RunningGateway;
/** Another instance on the same ledger. */
let replica: RunningGateway;
/** An instance whose slow methods take as long as they say. */
let slow: RunningGateway;
let reference: string;
let orders = 0;

beforeAll(async () => {
  ledger = await createLedger();
  [gateway, replica, slow] = await Promise.all([
    runGateway(ledger.table),
    runGateway(ledger.table),
    runGateway(ledger.table, { SANDBOX_TIME_SCALE: '1' }),
  ]);
});
afterAll(async () => {
  await Promise.all([gateway, replica, slow].map((each) => each.stop()));
  await ledger.drop();
});
beforeEach(() => {
  orders += 1;
  reference = `ord_${orders}`;
});

/** Asks an instance, and hangs up once the ledger knows of the ask. */
async function askAndLeave(instance: RunningGateway, paymentMethod: string): Promise<void> {
  const leaving = new AbortController();
  const ask = instance.charge(reference, paymentMethod, { signal: leaving.signal });
  const left = expect(ask).rejects.toThrow('abort');
  await until('the ledger knows of the ask', async () => (await ledger.entries(reference)).length > 0);
  leaving.abort();
  await left;
}

const approved = { status: 'succeeded', amountMinor: 500, currency: 'GBP', refundedMinor: 0, refunds: [] };

/** What each token comes to in the end, and how the first ask ends. */
const fates: Record<string, { first: number | 'leave'; charge: Record<string, unknown> }> = {
  pm_approve: { first: 200, charge: approved },
  pm_decline: { first: 200, charge: { status: 'declined', declineReason: 'card_declined' } },
  pm_expired: { first: 200, charge: { status: 'declined', declineReason: 'method_expired' } },
  pm_invalid: { first: 200, charge: { status: 'declined', declineReason: 'method_unknown' } },
  pm_slow: { first: 200, charge: approved },
  pm_needs_8s: { first: 200, charge: approved },
  pm_timeout_with_effect: { first: 'leave', charge: approved },
  pm_timeout_without_effect: { first: 'leave', charge: approved },
  pm_error: { first: 500, charge: approved },
};

test('every token is tested here', () => {
  expect(Object.keys(fates)).toEqual(Object.keys(tokens));
});

describe.each(Object.entries(fates))('%s', (token, { first, charge }) => {
  const method = `${token}_mine`;

  test('comes to its result, which then answers every repeat at every instance', async () => {
    if (first === 'leave') await askAndLeave(gateway, method);
    else expect(await gateway.charge(reference, method)).toMatchObject({ status: first });

    const again = await gateway.charge(reference, method);
    expect(again).toMatchObject({ status: 200, body: { reference, ...charge } });
    expect((await replica.charge(reference, method)).body).toEqual(again.body);
    expect(await replica.find(reference)).toEqual([again.body]);
  });

  test('makes one charge when asked twenty times at once at two instances', async () => {
    if (first === 'leave') await askAndLeave(gateway, method);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? gateway : replica).charge(reference, method)),
    );
    await until('the charge has its result', async () => (await gateway.find(reference)).length > 0);
    const { body } = await gateway.charge(reference, method);
    expect(body).toMatchObject(charge);
    expect(await ledger.entries(reference)).toHaveLength(1);
  });
});

describe('a charge without effect on the first ask', () => {
  test.each(['pm_timeout_without_effect', 'pm_needs_8s'])('is in no look-up: %s', async (token) => {
    await askAndLeave(slow, token);
    expect(await gateway.find(reference)).toEqual([]);
  });

  test('is in no look-up: pm_error', async () => {
    expect(await gateway.charge(reference, 'pm_error')).toMatchObject({
      status: 500,
      body: { code: 'GATEWAY_FAILED' },
    });
    expect(await gateway.find(reference)).toEqual([]);
  });
});

test('pm_timeout_with_effect has charged although it does not answer', async () => {
  await askAndLeave(gateway, 'pm_timeout_with_effect');
  expect(await gateway.find(reference)).toMatchObject([approved]);
});

test('an amount of 0 is declined', async () => {
  expect((await gateway.charge(reference, 'pm_approve', { amountMinor: 0 })).body).toMatchObject({
    status: 'declined',
    declineReason: 'amount_not_accepted',
  });
});

describe('a key', () => {
  test.each([
    ['amount', { amountMinor: 501 }],
    ['currency', { currency: 'EUR' }],
    ['method', { paymentMethod: 'pm_approve_other' }],
    ['reference', { reference: 'ord_other' }],
  ])('with another %s is refused', async (_what, change) => {
    const first = await gateway.charge(reference, 'pm_approve');
    const other = await replica.charge(reference, 'pm_approve', { key: reference, ...change });
    expect(other).toMatchObject({ status: 422, body: { code: 'GATEWAY_IDEMPOTENCY_KEY_REUSED' } });
    expect(await gateway.find(reference)).toEqual([first.body]);
  });

  test('of its own makes a second charge for the reference', async () => {
    await gateway.charge(reference, 'pm_approve');
    await gateway.charge(reference, 'pm_approve', { key: `${reference}:again` });
    expect(await gateway.find(reference)).toHaveLength(2);
  });

  test('that another ask is at work on is in use, until its caller hangs up', async () => {
    const leaving = new AbortController();
    const working = expect(slow.charge(reference, 'pm_needs_8s', { signal: leaving.signal })).rejects.toThrow('abort');
    await until('the ask is at work', async () => (await ledger.entries(reference)).length > 0);
    expect(await replica.charge(reference, 'pm_needs_8s')).toMatchObject({
      status: 409,
      body: { code: 'GATEWAY_KEY_IN_USE' },
    });

    leaving.abort();
    await working;
    await until('the key is free', async () => {
      const [entry] = await ledger.entries(reference);
      return entry?.status === 'open' && entry.busyUntil === 0;
    });
    expect(await replica.charge(reference, 'pm_needs_8s')).toMatchObject({ status: 200, body: approved });
  });

  test('that is free again is worked on by one of ten that ask at once', async () => {
    await askAndLeave(slow, 'pm_needs_8s');
    await until('the key is free', async () => (await ledger.entries(reference))[0]?.busyUntil === 0);
    const leaving = new AbortController();
    let refused = 0;
    const asks = Array.from({ length: 10 }, async () => {
      const { status } = await slow.charge(reference, 'pm_needs_8s', { signal: leaving.signal });
      if (status === 409) refused += 1;
    });
    const ended = Promise.allSettled(asks);
    await until('the others are refused', async () => refused === 9);
    leaving.abort();
    expect((await ended).filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });

  test('is not blocked for longer than its work takes by an instance that died', async () => {
    const aMinuteBehind = () => Date.now() - 60_000;
    const dead = await runGateway(ledger.table, { SANDBOX_TIME_SCALE: '1' }, aMinuteBehind);
    const leaving = new AbortController();
    const unanswered = expect(dead.charge(reference, 'pm_needs_8s', { signal: leaving.signal })).rejects.toThrow();
    await until('the ask is at work', async () => (await ledger.entries(reference)).length > 0);
    expect(await gateway.charge(reference, 'pm_needs_8s')).toMatchObject({ status: 200, body: approved });

    leaving.abort();
    await unanswered;
    await dead.stop();
    expect(await gateway.find(reference)).toMatchObject([approved]);
  });
});

test('nothing that is stored tells the payment method', async () => {
  await gateway.charge(reference, 'pm_approve_marker');
  expect(JSON.stringify(await ledger.entries(reference))).not.toMatch(/pm_|marker/);
});
