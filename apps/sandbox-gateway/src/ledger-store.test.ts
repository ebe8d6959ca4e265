import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createDynamo, type Dynamo } from '@shop/dynamo';
import { createFaultProxy, type FaultProxy, type TestTables, testTables } from '@shop/dynamo/testing';
import { type ChargeEntry, newCharge } from './charge.ts';
import { type ChargeLedger, createChargeLedger, sandboxLedgerTable, storageDeadline } from './ledger-store.ts';

let tables: TestTables<'ledger'>;
let proxy: FaultProxy;
let dynamo: Dynamo;
let ledger: ChargeLedger;
let open: ChargeEntry;
let charges = 0;

beforeAll(async () => {
  proxy = await createFaultProxy({ target: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '' });
  tables = await testTables({ ledger: sandboxLedgerTable });
  dynamo = createDynamo({ endpoint: proxy.endpoint });
  ledger = createChargeLedger(dynamo, tables.names.ledger);
});
beforeEach(() => {
  charges += 1;
  const ask = { amountMinor: 500, currency: 'GBP', paymentMethod: 'pm_slow', reference: `ord_${charges}` };
  open = newCharge(ask.reference, ask, { status: 'open', busyUntil: 0 }, Date.now());
});
afterAll(async () => {
  dynamo.close();
  await proxy.close();
  await tables.drop();
});

const begin = () => ledger.begin(open, storageDeadline());

describe('an open charge', () => {
  test('is claimed by one of those who saw it free', async () => {
    const { charge } = await begin();
    const claims = await Promise.all([1, 2, 3].map((until) => ledger.take(charge, until, storageDeadline())));
    expect(claims.filter(({ written }) => written)).toHaveLength(1);
    for (const { charge: stored } of claims) expect(stored.version).toBe(2);
  });

  test('has one result, and keeps it against those who come late', async () => {
    const { charge } = await begin();
    await ledger.settle(charge, { status: 'succeeded' }, storageDeadline());
    const late = { status: 'declined', declineReason: 'late' } as const;
    expect(await ledger.settle(charge, late, storageDeadline())).toMatchObject({
      written: false,
      charge: { status: 'succeeded' },
    });
    expect(await ledger.giveBack(charge, storageDeadline())).toMatchObject({ written: false });
  });

  test('is written once although DynamoDB loses its answers', async () => {
    proxy.inject({ operation: 'PutItem', fault: 'lose-answer' });
    const begun = await begin();
    expect(begun).toMatchObject({ written: true, charge: { version: 1 } });
    proxy.inject({ operation: 'PutItem', fault: 'lose-answer' });
    expect(await ledger.settle(begun.charge, { status: 'succeeded' }, storageDeadline())).toMatchObject({
      written: true,
      charge: { status: 'succeeded', version: 2 },
    });
  });
});
