import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Dynamo, TableDefinition } from '@shop/dynamo';
import { type MoveName, moves, type Order, type PageStart } from './order.ts';

/** `byCustomer` lists a customer's orders; `open` holds only orders that somebody must still advance. */
export const ordersTable: TableDefinition = {
  key: 'orderId',
  indexes: {
    byCustomer: { key: 'customerId', sortKey: { number: 'createdAt' }, project: 'keys' },
    open: { key: { number: 'openShard' }, sortKey: { number: 'dueAt' }, project: 'keys' },
  },
};

/** Writes that leave the status as it is. */
type NoteName = 'request-cancel' | 'postpone' | 'hand-over';
type SaveName = MoveName | NoteName;

/** The name of every write, as it is published to `shop.step`. */
export const orderWrites = [
  'order.create',
  'order.lease',
  'order.request-cancel',
  'order.postpone',
  'order.hand-over',
  ...(Object.keys(moves) as MoveName[]).map((name) => `order.${name}` as const),
] as const;

/** Not saved: another actor was faster, and `order` is what it left. */
export type Saved = { saved: boolean; order: Order };

/** An order's entry in the open index. It may lag behind the order. */
export type OpenOrder = { orderId: string; dueAt: number };

export type OrderStore = ReturnType<typeof createOrderStore>;

export function createOrderStore(
  dynamo: Dynamo<(typeof orderWrites)[number]>,
  tableName: string,
  newWriter: () => string = randomUUID,
) {
  return {
    /** Puts a new order, or tells which one has its id already. */
    async create(order: Order, deadlineAt: number): Promise<Saved> {
      return put('order.create', order, { ConditionExpression: 'attribute_not_exists(orderId)' }, deadlineAt);
    },

    /** Replaces the version before `next`. A move out of `pending` also demands what the table of moves says. */
    async save(name: SaveName, next: Order, deadlineAt: number): Promise<Saved> {
      const unlessCancelled = name in moves && 'unlessCancelled' in moves[name as MoveName];
      const condition = {
        ConditionExpression: `version = :seen${unlessCancelled ? ' AND attribute_not_exists(cancelRequested)' : ''}`,
        ExpressionAttributeValues: { ':seen': next.version - 1 },
      };
      return put(`order.${name}`, next, condition, deadlineAt);
    },

    /** Takes an order that is due. Of any number of processes that saw the same entry, one gets it. */
    async lease({ orderId, dueAt }: OpenOrder, until: number, deadlineAt: number): Promise<Order | undefined> {
      const writer = newWriter();
      const update = new UpdateCommand({
        TableName: tableName,
        Key: { orderId },
        UpdateExpression: 'SET dueAt = :until, attempt = attempt + :one, version = version + :one, writer = :writer',
        ConditionExpression: 'dueAt = :seen',
        ExpressionAttributeValues: { ':until': until, ':seen': dueAt, ':one': 1, ':writer': writer },
        ReturnValues: 'ALL_NEW',
      });
      const leased = await dynamo.write<Order>('order.lease', update, { deadlineAt, writer });
      return leased.written ? leased.item : undefined;
    },

    /** A consistent read. */
    async get(orderId: string, deadlineAt: number): Promise<Order | undefined> {
      const read = new GetCommand({ TableName: tableName, Key: { orderId }, ConsistentRead: true });
      return (await dynamo.read(read, deadlineAt)).Item as Order | undefined;
    },

    /** Newest first, from the order after `after` on. The index may lag; the orders themselves are as they are now. */
    async listByCustomer(
      customerId: string,
      { limit, after }: { limit: number; after?: PageStart | undefined },
      deadlineAt: number,
    ): Promise<{ orders: Order[]; more: boolean }> {
      const query = new QueryCommand({
        TableName: tableName,
        IndexName: 'byCustomer',
        KeyConditionExpression: 'customerId = :customerId',
        ExpressionAttributeValues: { ':customerId': customerId },
        ScanIndexForward: false,
        Limit: limit + 1,
        ...(after && { ExclusiveStartKey: { customerId, ...after } }),
      });
      const found = ((await dynamo.read(query, deadlineAt)).Items ?? []) as PageStart[];
      const keys = found.slice(0, limit).map(({ orderId }) => ({ orderId }));
      const orders = await dynamo.batchGet<Order>(tableName, keys, deadlineAt, { consistent: true });
      return { orders, more: found.length > limit };
    },

    /** The first open orders of a shard by the time they are due, and no more than one page of them. */
    async listOpen(openShard: number, deadlineAt: number): Promise<OpenOrder[]> {
      const query = new QueryCommand({
        TableName: tableName,
        IndexName: 'open',
        KeyConditionExpression: 'openShard = :openShard',
        ExpressionAttributeValues: { ':openShard': openShard },
        Limit: OPEN_PAGE_SIZE,
      });
      return ((await dynamo.read(query, deadlineAt)).Items ?? []) as OpenOrder[];
    },
  };

  type Condition = Pick<PutCommand['input'], 'ConditionExpression' | 'ExpressionAttributeValues'>;

  /** Each put bears the id of its writer, by which the repeat of a put whose answer was lost is recognised. */
  async function put(
    name: Exclude<(typeof orderWrites)[number], 'order.lease'>,
    order: Order,
    condition: Condition,
    deadlineAt: number,
  ): Promise<Saved> {
    const writer = newWriter();
    const command = new PutCommand({ TableName: tableName, Item: { ...order, writer }, ...condition });
    const answer = await dynamo.write<Order>(name, command, { deadlineAt, writer, version: order.version });
    if (answer.written) return { saved: true, order };
    if (!answer.stored) throw new Error(`order ${order.orderId} has vanished`);
    return { saved: false, order: answer.stored };
  }
}

const OPEN_PAGE_SIZE = 1000;
