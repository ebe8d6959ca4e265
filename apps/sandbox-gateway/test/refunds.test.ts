import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLedger, type TestLedger } from './ledger.ts';
import { type Charge, type RunningGateway, runGateway } from './running-gateway.ts';

let ledger: TestLedger;
let gateway: RunningGateway;
let replica: RunningGateway;
let charge: Charge;
let orders = 0;

beforeAll(async () => {
  ledger = await createLedger();
  [gateway, replica] = await Promise.all([runGateway(ledger.table), runGateway(ledger.table)]);
});
afterAll(async () => {
  await Promise.all([gateway.stop(), replica.stop()]);
  await ledger.drop();
});
beforeEach(async () => {
  orders += 1;
  charge = (await gateway.charge(`ord_${orders}`, 'pm_approve')).body;
});

const found = async () => (await gateway.find(String(charge.reference)))[0];

describe('a refund', () => {
  test('is made once per key, however often it is asked for, and shows in the charge', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? gateway : replica).refund(charge)),
    );
    const [first] = answers;
    expect(first).toMatchObject({
      status: 200,
      body: { chargeId: charge.chargeId, status: 'succeeded', amountMinor: 500, currency: 'GBP' },
    });
    for (const answer of answers) expect(answer.body).toEqual(first?.body);
    expect(await found()).toMatchObject({
      status: 'succeeded',
      refundedMinor: 500,
      refunds: [{ refundId: first?.body.refundId, amountMinor: 500 }],
    });
  });

  test('may be of a part, but not of more than is left', async () => {
    const part = (amountMinor: number, ending: string) =>
      gateway.refund(charge, { amountMinor, key: `${charge.reference}:${ending}` });
    expect(await part(300, 'a')).toMatchObject({ status: 200 });
    expect(await part(201, 'b')).toMatchObject({ status: 409, body: { code: 'GATEWAY_ALREADY_REFUNDED' } });
    expect(await part(200, 'c')).toMatchObject({ status: 200 });
    expect(await found()).toMatchObject({ refundedMinor: 500 });
    expect((await found())?.refunds).toHaveLength(2);
  });

  test('is made once when keys race for what is left', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? gateway : replica).refund(charge, { key: `${charge.reference}:${index}` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
    expect(await found()).toMatchObject({ refundedMinor: 500 });
  });

  test('of another amount under the same key is refused', async () => {
    await gateway.refund(charge, { amountMinor: 300 });
    expect(await gateway.refund(charge, { amountMinor: 200 })).toMatchObject({
      status: 422,
      body: { code: 'GATEWAY_IDEMPOTENCY_KEY_REUSED' },
    });
  });

  test.each([
    ['of an unknown charge', { chargeId: 'ch_nowhere' }],
    ['in another currency', { currency: 'EUR' }],
  ])('%s finds no charge', async (_what, change) => {
    expect(await gateway.refund(charge, change)).toMatchObject({
      status: 404,
      body: { code: 'GATEWAY_CHARGE_NOT_FOUND' },
    });
  });

  test('of a declined charge finds no charge', async () => {
    const declined = await gateway.charge('ord_declined', 'pm_decline');
    expect(await gateway.refund(declined.body)).toMatchObject({ status: 404 });
  });
});
