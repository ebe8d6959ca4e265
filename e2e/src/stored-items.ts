import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Shop } from './shop.ts';

export type StoredItem = { table: string; item: Record<string, unknown> };

/** Every item in every table of the shop, each with its table's plain name. */
export async function storedItems({ tables }: Shop): Promise<StoredItem[]> {
  const perTable = await Promise.all(
    Object.entries(tables.names).map(async ([table, TableName]) => {
      const found: StoredItem[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await tables.dynamo.read(
          new ScanCommand({ TableName, ExclusiveStartKey, ConsistentRead: true }),
          Date.now() + 5000,
        );
        for (const item of page.Items ?? []) found.push({ table, item });
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return found;
    }),
  );
  return perTable.flat();
}
