import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { decodeCursor, encodeCursor } from '@shop/contracts/page';
import { ProblemError } from '@shop/contracts/problem';
import type { Dynamo } from '@shop/dynamo';
import { type ChargeEntry, chargeEntryName, toCharges } from './charge.ts';
import { invalidCursor } from './errors.ts';
import type { ChargePage } from './gateway-api.ts';

export type LedgerReader = ReturnType<typeof createLedgerReader>;

export function createLedgerReader(dynamo: Dynamo, table: string) {
  /** Every charge of the reference, declines and open ones too: a consistent read. */
  async function byReference(reference: string, deadlineAt: number): Promise<ChargeEntry[]> {
    const query = new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: '#reference = :reference AND begins_with(entry, :charge)',
      ExpressionAttributeNames: { '#reference': 'reference' },
      ExpressionAttributeValues: { ':reference': reference, ':charge': chargeEntryName('') },
    });
    const { Items = [] } = await dynamo.read(query, deadlineAt);
    return Items as ChargeEntry[];
  }

  /** A page of the whole ledger, in no order. It may hold fewer charges than `limit` and still have a successor. */
  async function page(limit: number, cursor: string | undefined, deadlineAt: number): Promise<ChargePage> {
    const scan = new ScanCommand({
      TableName: table,
      ConsistentRead: true,
      Limit: limit,
      ExclusiveStartKey: cursor === undefined ? undefined : positionOf(cursor),
      FilterExpression: 'begins_with(entry, :charge)',
      ExpressionAttributeValues: { ':charge': chargeEntryName('') },
    });
    const { Items = [], LastEvaluatedKey: last } = await dynamo.read(scan, deadlineAt);
    return {
      items: toCharges(Items as ChargeEntry[]),
      ...(last && { nextCursor: encodeCursor([last.reference, last.entry]) }),
    };
  }

  return { byReference, page };
}

function positionOf(cursor: string) {
  const [reference, entry] = decodeCursor(cursor, 2) ?? [];
  if (!reference || !entry) throw new ProblemError(invalidCursor);
  return { reference, entry };
}
