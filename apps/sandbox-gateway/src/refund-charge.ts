import { randomUUID } from 'node:crypto';
import { ProblemError } from '@shop/contracts/problem';
import { alreadyRefunded, chargeNotFound, keyReused } from './errors.ts';
import type { Refund, RefundAsk } from './gateway-api.ts';
import type { LedgerReader } from './ledger-reader.ts';
import { storageDeadline } from './ledger-store.ts';
import type { RefundLedger } from './refund-store.ts';

export type RefundDependencies = { ledger: RefundLedger; reader: LedgerReader; now: () => number };

/** Gives back part or all of a charge, once per key and never more than was taken. */
export async function refundCharge(
  key: string,
  ask: RefundAsk,
  { ledger, reader, now }: RefundDependencies,
): Promise<Refund> {
  const charges = await reader.byReference(ask.reference, storageDeadline());
  const charge = charges.find(
    ({ chargeId, status, currency }) =>
      chargeId === ask.chargeId && status === 'succeeded' && currency === ask.currency,
  );
  if (!charge) throw new ProblemError(chargeNotFound);

  const refund: Refund = {
    refundId: `re_${randomUUID().replaceAll('-', '')}`,
    ...ask,
    status: 'succeeded',
    createdAt: new Date(now()).toISOString(),
  };
  const done = await ledger.refund({ ...refund, entry: `refund#${key}` }, charge, storageDeadline());
  if (done === 'written') return refund;
  if (done === 'exceeds') throw new ProblemError(alreadyRefunded);
  if (done.stored.chargeId !== ask.chargeId || done.stored.amountMinor !== ask.amountMinor) {
    throw new ProblemError(keyReused);
  }
  const { entry: _, ...stored } = done.stored;
  return stored;
}
