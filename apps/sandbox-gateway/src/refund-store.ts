import type { Dynamo } from '@shop/dynamo';
import type { ChargeEntry } from './charge.ts';
import type { Refund } from './gateway-api.ts';
import type { LedgerWrite } from './ledger-store.ts';

/** A refund in the ledger, under the reference and key of its request. */
export type RefundEntry = Refund & { readonly entry: string };

/** `stored`: the key had a refund before. `exceeds`: the charge has less left than the refund asks for. */
export type Refunded = 'written' | 'exceeds' | { stored: RefundEntry };

export type RefundLedger = ReturnType<typeof createRefundLedger>;

export function createRefundLedger(dynamo: Dynamo<LedgerWrite>, table: string) {
  /** Records the refund and takes it from its charge: both, or neither. */
  async function refund(refund: RefundEntry, charge: ChargeEntry, deadlineAt: number): Promise<Refunded> {
    const done = await dynamo.transact(
      'ledger.refund',
      [
        { Put: { TableName: table, Item: refund, ConditionExpression: 'attribute_not_exists(entry)' } },
        {
          Update: {
            TableName: table,
            Key: { reference: charge.reference, entry: charge.entry },
            UpdateExpression:
              'SET refundedMinor = refundedMinor + :amount, refunds = list_append(refunds, :refund), version = version + :one',
            ConditionExpression: 'refundedMinor <= :mayBeRefunded',
            ExpressionAttributeValues: {
              ':amount': refund.amountMinor,
              ':refund': [{ refundId: refund.refundId, amountMinor: refund.amountMinor }],
              ':one': 1,
              ':mayBeRefunded': charge.amountMinor - refund.amountMinor,
            },
          },
        },
      ],
      { deadlineAt, token: refund.refundId },
    );
    if (done.written) return 'written';
    const stored = done.reasons[0]?.item as RefundEntry | undefined;
    return stored ? { stored } : 'exceeds';
  }

  return { refund };
}
