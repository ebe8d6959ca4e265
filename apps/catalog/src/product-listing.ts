import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ProductSummary } from '@shop/contracts/product';
import type { Dynamo } from '@shop/dynamo';
import type { Listing } from './listing-cursor.ts';
import { skuAt, summaryOf } from './product.ts';

const orders = {
  name: { index: 'byCategoryName', position: 'namePosition' },
  price: { index: 'byCategoryPrice', position: 'pricePosition' },
} as const;

export type ProductListing = ReturnType<typeof createProductListing>;

/** One page of a category's active products, read from an index: it follows a change within moments. */
export function createProductListing({ dynamo, table }: { dynamo: Dynamo; table: string }) {
  return async function page(
    { category, sort }: Listing,
    { limit, after }: { limit: number; after: string | undefined },
    deadlineAt: number,
  ): Promise<{ items: ProductSummary[]; last: string | undefined }> {
    const { index, position } = orders[sort];
    const command = new QueryCommand({
      TableName: table,
      IndexName: index,
      KeyConditionExpression: 'category = :category',
      ExpressionAttributeValues: { ':category': category },
      // One more than asked for tells whether there is a next page.
      Limit: limit + 1,
      ...(after !== undefined && { ExclusiveStartKey: { category, [position]: after, sku: skuAt(after) } }),
    });
    const { Items = [] } = await dynamo.read(command, deadlineAt);
    const items = Items.slice(0, limit);
    return {
      items: items.map((item) => summaryOf(item as ProductSummary)),
      last: Items.length > limit ? (items.at(-1)?.[position] as string) : undefined,
    };
  };
}
