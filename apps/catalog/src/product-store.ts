import { randomUUID } from 'node:crypto';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ProductInput } from '@shop/contracts/product';
import type { Dynamo } from '@shop/dynamo';
import { listingPositions, type StoredProduct } from './product.ts';

export const productWrites = ['product.create', 'product.revise', 'product.retire', 'category.add'] as const;
type ProductWrite = (typeof productWrites)[number];

/** Not written: somebody else was first, or fewer units are free than would have to go. `stored` is what is there. */
export type ProductChange =
  | { written: true; product: StoredProduct }
  | { written: false; stored: StoredProduct | undefined };

export type ProductStore = ReturnType<typeof createProductStore>;

const CATEGORIES = { sku: '#categories' };

/** Products, deleted ones included. Reads are consistent; each write names the version that it expects. */
export function createProductStore({ dynamo, table }: { dynamo: Dynamo<ProductWrite>; table: string }) {
  return {
    async read(sku: string, deadlineAt: number): Promise<StoredProduct | undefined> {
      const command = new GetCommand({ TableName: table, Key: { sku }, ConsistentRead: true });
      return (await dynamo.read(command, deadlineAt)).Item as StoredProduct | undefined;
    },

    async readMany(skus: readonly string[], deadlineAt: number): Promise<Map<string, StoredProduct>> {
      const keys = skus.map((sku) => ({ sku }));
      const products = await dynamo.batchGet<StoredProduct>(table, keys, deadlineAt, { consistent: true });
      return new Map(products.map((product) => [product.sku, product]));
    },

    async create(sku: string, input: ProductInput, deadlineAt: number): Promise<ProductChange> {
      await addCategory(input.category, deadlineAt);
      return change('product.create', sku, deadlineAt, {
        set: { ...described(sku, input), available: input.received, version: 1 },
        condition: 'attribute_not_exists(sku)',
      });
    },

    /** Also revives a deleted product. `available` moves by what was received since, whatever is sold meanwhile. */
    async revise(seen: StoredProduct, input: ProductInput, deadlineAt: number): Promise<ProductChange> {
      if (input.category !== seen.category) await addCategory(input.category, deadlineAt);
      const more = input.received - seen.received;
      return change('product.revise', seen.sku, deadlineAt, {
        set: { ...described(seen.sku, input), version: seen.version + 1 },
        and: ', available = available + :more',
        condition: 'version = :seenVersion AND available >= :decrease',
        values: { ':seenVersion': seen.version, ':more': more, ':decrease': Math.max(0, -more) },
      });
    },

    /** Without its positions the product leaves the listings. Its row stays, for the units held and sold. */
    async retire(seen: StoredProduct, deadlineAt: number): Promise<ProductChange> {
      return change('product.retire', seen.sku, deadlineAt, {
        set: { active: false, version: seen.version + 1 },
        and: ' REMOVE namePosition, pricePosition',
        condition: 'version = :seenVersion',
        values: { ':seenVersion': seen.version },
      });
    },

    /** Every category that ever had a product, in alphabetical order. */
    async categories(deadlineAt: number): Promise<string[]> {
      const { Item } = await dynamo.read(new GetCommand({ TableName: table, Key: CATEGORIES }), deadlineAt);
      return [...((Item?.names as Set<string> | undefined) ?? [])].sort();
    },
  };

  /** Before the product's own write: a product in a category that nobody can find would be the worse half. */
  async function addCategory(category: string, deadlineAt: number): Promise<void> {
    const command = new UpdateCommand({
      TableName: table,
      Key: CATEGORIES,
      UpdateExpression: 'ADD #names :added',
      ConditionExpression: 'NOT contains(#names, :category)',
      ExpressionAttributeNames: { '#names': 'names' },
      ExpressionAttributeValues: { ':added': new Set([category]), ':category': category },
    });
    await dynamo.write('category.add', command, { deadlineAt });
  }

  async function change(name: ProductWrite, sku: string, deadlineAt: number, write: Change): Promise<ProductChange> {
    const writer = randomUUID();
    const { version } = write.set;
    const set = Object.entries({ ...write.set, writer });
    const command = new UpdateCommand({
      TableName: table,
      Key: { sku },
      UpdateExpression: `SET ${set.map(([attribute]) => `#${attribute} = :${attribute}`).join(', ')}${write.and ?? ''}`,
      ConditionExpression: write.condition,
      ExpressionAttributeNames: Object.fromEntries(set.map(([attribute]) => [`#${attribute}`, attribute])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(set.map(([attribute, value]) => [`:${attribute}`, value])),
        ...write.values,
      },
      ReturnValues: 'ALL_NEW',
    });
    const written = await dynamo.write<StoredProduct>(name, command, { deadlineAt, writer, version });
    if (!written.written) return written;
    if (!written.item) throw new Error(`${name} returned no item`);
    return { written: true, product: written.item };
  }
}

type Change = {
  set: { version: number } & Record<string, unknown>;
  /** What follows the assignments of `set`. */
  and?: string;
  condition: string;
  values?: Record<string, unknown>;
};

function described(sku: string, input: ProductInput) {
  const { name, description, category, price, received } = input;
  return { name, description, category, price, received, active: true, ...listingPositions(sku, input) };
}
