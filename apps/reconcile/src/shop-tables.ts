import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Dynamo } from '@shop/dynamo';
import type { OrderItem, PaymentItem, ProductItem, ReservationItem } from './items.ts';

export type TableNames = { products: string; reservations: string; orders: string; payments: string };

export type ShopTables = ReturnType<typeof createShopTables>;

export type ShopTablesOptions = {
  dynamo: Pick<Dynamo, 'read' | 'batchGet'>;
  names: TableNames;
  /** Of one page or batch. */
  timeoutMs?: number;
  /** Items of a page whose counterparts are looked up; a page of sums is as large as DynamoDB makes it. */
  pageSize?: number;
  now?: () => number;
};

/** Every table of the shop, page by page, and items by key. All reads are consistent; nothing is ever written. */
export function createShopTables({
  dynamo,
  names,
  timeoutMs = 10_000,
  pageSize = 100,
  now = Date.now,
}: ShopTablesOptions) {
  return {
    /** The products table also has an item that is no product: its key begins with `#`. */
    async *products(): AsyncGenerator<ProductItem[]> {
      for await (const page of scan<ProductItem>(names.products, 'sku, available, received')) {
        yield page.filter(({ sku }) => !sku.startsWith('#'));
      }
    },
    reservations: (limit?: number) =>
      scan<ReservationItem>(names.reservations, 'orderId, #status, #lines, version, #ttl', limit),
    orders: () => scan<OrderItem>(names.orders, ORDER, pageSize),
    payments: () => scan<PaymentItem>(names.payments, 'orderId', pageSize),
    pageSize,

    findProducts: (skus: readonly string[]) => find<ProductItem>(names.products, 'sku', skus),
    findReservations: (ids: readonly string[]) => find<ReservationItem>(names.reservations, 'orderId', ids),
    findOrders: (ids: readonly string[]) => find<OrderItem>(names.orders, 'orderId', ids),
    findPayments: (ids: readonly string[]) => find<PaymentItem>(names.payments, 'orderId', ids),
  };

  async function* scan<Item>(table: string, attributes: string, limit?: number): AsyncGenerator<Item[]> {
    const used = Object.entries(RESERVED).filter(([placeholder]) => attributes.includes(placeholder));
    let position: Record<string, unknown> | undefined;
    do {
      const command = new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        ProjectionExpression: attributes,
        ...(used.length > 0 && { ExpressionAttributeNames: Object.fromEntries(used) }),
        ...(limit && { Limit: limit }),
        ...(position && { ExclusiveStartKey: position }),
      });
      const { Items = [], LastEvaluatedKey } = await dynamo.read(command, now() + timeoutMs);
      yield Items as Item[];
      position = LastEvaluatedKey;
    } while (position);
  }

  async function find<Item>(table: string, key: string, ids: readonly string[]): Promise<Map<string, Item>> {
    const keys = ids.map((id) => ({ [key]: id }));
    const options = { consistent: true };
    const items = await dynamo.batchGet<Item & Record<string, string>>(table, keys, now() + timeoutMs, options);
    return new Map(items.map((item) => [String(item[key]), item]));
  }
}

const ORDER = 'orderId, #status, #lines, #total, chargeId, version, createdAt, openSince';

/** Words that DynamoDB keeps for itself. */
const RESERVED = { '#status': 'status', '#lines': 'lines', '#total': 'total', '#ttl': 'ttl' };
