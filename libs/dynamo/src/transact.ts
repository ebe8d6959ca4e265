import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { isBusy } from './errors.ts';
import { request, type Sender } from './request.ts';
import { step } from './steps.ts';

/** One Put, Update, Delete or ConditionCheck of a transaction. */
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export type TransactOptions = {
  /** Epoch milliseconds of the own clock. */
  deadlineAt: number;
  /** Makes repeats harmless: DynamoDB applies a ClientRequestToken once (it remembers it for ten minutes). */
  token: string;
};

/** Why one item cancelled the transaction: `None`, `ConditionalCheckFailed` (with the stored item), or another code. */
export type Refusal = { code: string; item?: Record<string, unknown> };

export type Transacted = { written: true } | { written: false; reasons: Refusal[] };

/**
 * All writes or none, at most 100 items. A failed condition gives the reasons in the order of the items; a transaction
 * that was cancelled by conflicts or throttles only is sent again with full jitter until the deadline.
 */
export async function transact(
  sender: Sender,
  name: string,
  items: readonly TransactItem[],
  { deadlineAt, token }: TransactOptions,
): Promise<Transacted> {
  const command = new TransactWriteCommand({
    TransactItems: items.map(returningTheOldItem),
    ClientRequestToken: token,
  });
  return step(name, async () => {
    try {
      await request(sender, { name, deadlineAt, isRepeatable }, (documents, signal) => documents.send(command, signal));
      return { written: true };
    } catch (error) {
      const reasons = reasonsOf(error);
      if (!reasons.some(isRefused)) throw error;
      return { written: false, reasons };
    }
  });
}

const busyCodes = new Set(['None', 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

function isRepeatable(error: unknown): boolean {
  const reasons = reasonsOf(error);
  return isBusy(error) || (reasons.length > 0 && reasons.every(({ code }) => busyCodes.has(code)));
}

function isRefused({ code }: Refusal): boolean {
  return code === 'ConditionalCheckFailed';
}

function reasonsOf(error: unknown): Refusal[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map(({ Code = 'None', Item }) =>
    Item === undefined ? { code: Code } : { code: Code, item: unmarshall(Item) },
  );
}

function returningTheOldItem(item: TransactItem): TransactItem {
  const returning = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  return Object.fromEntries(Object.entries(item).map(([kind, write]) => [kind, { ...write, ...returning }]));
}
