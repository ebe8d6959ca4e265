import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Dynamo, TableDefinition } from '@shop/dynamo';
import type { ChargeEntry, Result } from './charge.ts';

/** Charges and refunds of one reference share a partition, so a look-up by reference is one consistent read. */
export const sandboxLedgerTable: TableDefinition = { key: 'reference', sortKey: 'entry' };

export const ledgerWrites = ['ledger.begin', 'ledger.take', 'ledger.settle', 'ledger.yield', 'ledger.refund'] as const;
export type LedgerWrite = (typeof ledgerWrites)[number];

const STORAGE_TIMEOUT_MS = 5000;

/** The ledger's own time for one request to it: how long the caller wants to wait does not bear on it. */
export function storageDeadline(): number {
  return Date.now() + STORAGE_TIMEOUT_MS;
}

/** What a conditional write came to: `charge` is what the ledger holds now, whoever wrote it. */
export type Outcome = { written: boolean; charge: ChargeEntry };

export type ChargeLedger = ReturnType<typeof createChargeLedger>;

export function createChargeLedger(dynamo: Dynamo<LedgerWrite>, table: string) {
  /** The first entry of a key; loses against one that is there. */
  async function begin(charge: ChargeEntry, deadlineAt: number): Promise<Outcome> {
    const put = new PutCommand({ TableName: table, Item: charge, ConditionExpression: 'attribute_not_exists(entry)' });
    const done = await dynamo.write<ChargeEntry>('ledger.begin', put, { deadlineAt, writer: charge.writer });
    return { written: done.written, charge: (done.written ? undefined : done.stored) ?? charge };
  }

  /** Claims an open charge for one ask, so that no other works on it meanwhile. */
  const take = (charge: ChargeEntry, busyUntil: number, deadlineAt: number) =>
    change('ledger.take', charge, { busyUntil }, deadlineAt);

  /** Gives a claimed charge back without a result. */
  const giveBack = (charge: ChargeEntry, deadlineAt: number) =>
    change('ledger.yield', charge, { busyUntil: 0 }, deadlineAt);

  /** Records the result, for ever. */
  const settle = (charge: ChargeEntry, result: Result, deadlineAt: number) =>
    change('ledger.settle', charge, { busyUntil: 0, ...result }, deadlineAt);

  async function change(
    name: LedgerWrite,
    charge: ChargeEntry,
    set: Partial<ChargeEntry>,
    deadlineAt: number,
  ): Promise<Outcome> {
    const next = { ...charge, ...set, version: charge.version + 1, writer: randomUUID() };
    const put = new PutCommand({
      TableName: table,
      Item: next,
      ConditionExpression: '#status = :open AND version = :version',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':open': 'open', ':version': charge.version },
    });
    const own = { deadlineAt, writer: next.writer, version: next.version };
    const done = await dynamo.write<ChargeEntry>(name, put, own);
    return { written: done.written, charge: (done.written ? undefined : done.stored) ?? next };
  }

  return { begin, take, giveBack, settle };
}
