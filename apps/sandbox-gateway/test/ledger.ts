import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type TestTables, testTables } from '@shop/dynamo/testing';
import { sandboxLedgerTable } from '../src/ledger-store.ts';

export type TestLedger = Awaited<ReturnType<typeof createLedger>>;

/** A ledger of one test file, with a look at what is really stored. */
export async function createLedger() {
  const { dynamo, names, drop }: TestTables<'ledger'> = await testTables({ ledger: sandboxLedgerTable });

  async function entries(reference: string): Promise<Record<string, unknown>[]> {
    const query = new QueryCommand({
      TableName: names.ledger,
      ConsistentRead: true,
      KeyConditionExpression: '#reference = :reference',
      ExpressionAttributeNames: { '#reference': 'reference' },
      ExpressionAttributeValues: { ':reference': reference },
    });
    return (await dynamo.read(query, Date.now() + 5000)).Items ?? [];
  }

  return { table: names.ledger, entries, drop };
}
