import { randomUUID } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { PricedLine } from '@shop/contracts/order';
import type { RefusalReason, ShortLine } from '@shop/contracts/reservation';
import type { Dynamo, TransactItem } from '@shop/dynamo';
import type { StoredProduct } from './product.ts';
import type { Objection, ProductsBySku } from './quote.ts';
import { returnUnits, takeUnits } from './stock-moves.ts';

export const reservationWrites = ['reservation.hold', 'reservation.fence', 'reservation.release'] as const;
type ReservationWrite = (typeof reservationWrites)[number];

/** Stock held for an order. */
export type Hold = { orderId: string; status: 'held'; lines: PricedLine[]; version: number };

/** Says for good that nothing is held for the order; a request to hold that arrives late finds it and is refused. */
export type Tombstone = { orderId: string; status: 'released'; reason: RefusalReason; shortLines: ShortLine[] };

/** Not held: by what stands for the order already, or by the products whose conditions failed, as they were then. */
export type HoldAttempt =
  | { held: true }
  | { held: false; standing: Hold | Tombstone | undefined; refused: ProductsBySku };

/** A tombstone outlives every request that could still be on its way, and every repeat of the order's client. */
const TOMBSTONE_DAYS = 30;

export type ReservationStore = ReturnType<typeof createReservationStore>;

export type ReservationStoreOptions = {
  dynamo: Dynamo<ReservationWrite>;
  /** Names of the tables. */
  reservations: string;
  products: string;
  now?: () => number;
};

export function createReservationStore({ dynamo, reservations, products, now = Date.now }: ReservationStoreOptions) {
  return {
    async read(orderId: string, deadlineAt: number): Promise<Hold | Tombstone | undefined> {
      const command = new GetCommand({ TableName: reservations, Key: { orderId }, ConsistentRead: true });
      return (await dynamo.read(command, deadlineAt)).Item as Hold | Tombstone | undefined;
    },

    /** All lines at these prices, or nothing. */
    async hold(orderId: string, lines: readonly PricedLine[], deadlineAt: number): Promise<HoldAttempt> {
      const token = randomUUID();
      const items = [putHold(orderId, lines, token), ...lines.map((line) => takeUnits(products, line))];
      const transacted = await dynamo.transact('reservation.hold', items, { deadlineAt, token });
      if (transacted.written) return { held: true };
      const [reservation, ...reasons] = transacted.reasons;
      const refused = lines.flatMap(({ sku }, index) => {
        const reason = reasons[index];
        const failed = reason?.code === 'ConditionalCheckFailed';
        return failed ? [[sku, reason?.item as StoredProduct | undefined] as const] : [];
      });
      return { held: false, standing: reservation?.item as Hold | Tombstone | undefined, refused: new Map(refused) };
    },

    /** Writes the tombstone unless something stands for the order already; gives what stands now. */
    async fence(orderId: string, why: Objection, deadlineAt: number): Promise<Hold | Tombstone> {
      const writer = randomUUID();
      const tombstone: Tombstone = { orderId, status: 'released', ...why };
      const command = new PutCommand({
        TableName: reservations,
        Item: { ...tombstone, lines: [], version: 1, writer, ttl: tombstoneTtl() },
        ConditionExpression: 'attribute_not_exists(orderId)',
      });
      const options = { deadlineAt, writer, version: 1 };
      const fenced = await dynamo.write<Hold | Tombstone>('reservation.fence', command, options);
      if (fenced.written) return tombstone;
      if (!fenced.stored) throw new Error(`The reservation of ${orderId} is neither there nor absent`);
      return fenced.stored;
    },

    /** Gives the units back. False when somebody else has done so. */
    async release(hold: Hold, deadlineAt: number): Promise<boolean> {
      const token = randomUUID();
      const items = [markReleased(hold, token), ...hold.lines.map((line) => returnUnits(products, line))];
      const transacted = await dynamo.transact('reservation.release', items, { deadlineAt, token });
      if (transacted.written) return true;
      const [reservation] = transacted.reasons;
      if (reservation?.code === 'ConditionalCheckFailed') return false;
      throw new Error(`A product of the reservation of ${hold.orderId} has no row any more`);
    },
  };

  function putHold(orderId: string, lines: readonly PricedLine[], writer: string): TransactItem {
    const hold: Hold = { orderId, status: 'held', lines: [...lines], version: 1 };
    return {
      Put: {
        TableName: reservations,
        Item: { ...hold, writer },
        ConditionExpression: 'attribute_not_exists(orderId)',
      },
    };
  }

  function markReleased({ orderId, version }: Hold, writer: string): TransactItem {
    return {
      Update: {
        TableName: reservations,
        Key: { orderId },
        UpdateExpression:
          'SET #status = :released, reason = :reason, shortLines = :none, version = :next, writer = :writer, #ttl = :ttl',
        ConditionExpression: '#status = :held AND version = :version',
        ExpressionAttributeNames: { '#status': 'status', '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':released': 'released',
          ':reason': 'released' satisfies RefusalReason,
          ':none': [],
          ':next': version + 1,
          ':writer': writer,
          ':ttl': tombstoneTtl(),
          ':held': 'held',
          ':version': version,
        },
      },
    };
  }

  function tombstoneTtl(): number {
    return Math.floor(now() / 1000) + TOMBSTONE_DAYS * 24 * 3600;
  }
}
