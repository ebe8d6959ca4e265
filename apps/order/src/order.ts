import type { Money, Price } from '@shop/contracts/money';
import type { OrderInput, PricedLine, RejectionReason, RequestedLine } from '@shop/contracts/order';
import type { ShortLine } from '@shop/contracts/reservation';
import { orderIdOf, requestHashOf } from './order-id.ts';

export type OpenStatus = 'pending' | 'releasing' | 'refunding';
export type OrderStatus = OpenStatus | 'confirmed' | 'rejected' | 'cancelled';

/** What became of the request to buy: recorded by the write that leaves `pending`, and never changed. */
export type Outcome = 'confirmed' | 'rejected' | 'cancelled';

/** An order as it is stored. Times are epoch milliseconds. */
export type Order = {
  orderId: string;
  customerId: string;
  requestHash: string;
  lines: readonly (RequestedLine & { price?: Price })[];
  status: OrderStatus;
  outcome?: Outcome;
  reason?: RejectionReason;
  shortLines?: readonly ShortLine[];
  total?: Money;
  chargeId?: string;
  /** Only while a charge may need it. */
  paymentMethod?: string;
  cancelRequested?: true;
  /** The number of the present pass, from 1. */
  attempt: number;
  version: number;
  createdAt: number;
} & Partial<OpenEntry>;

/** Present while, and only while, the status is an open one: it puts the order into the index that recovery reads. */
export type OpenEntry = {
  openShard: number;
  /** The end of the lease, or of the wait for the next pass: from then on any process may take the order. */
  dueAt: number;
  openSince: number;
};

/** The place behind an order in its customer's list. */
export type PageStart = Pick<Order, 'createdAt' | 'orderId'>;

type Move = { from: OrderStatus; to: OrderStatus; outcome?: Outcome; unlessCancelled?: true };

/**
 * Every change of status, by the name of its write. Each demands the version it has seen; `unlessCancelled` demands as
 * well that no cancellation is asked for, since a runner that leased the order afterwards has a good version.
 */
export const moves = {
  confirm: { from: 'pending', to: 'confirmed', outcome: 'confirmed', unlessCancelled: true },
  reject: { from: 'pending', to: 'rejected', outcome: 'rejected', unlessCancelled: true },
  decline: { from: 'pending', to: 'releasing', outcome: 'rejected', unlessCancelled: true },
  abandon: { from: 'pending', to: 'refunding', outcome: 'cancelled' },
  refund: { from: 'confirmed', to: 'refunding' },
  'finish-release': { from: 'releasing', to: 'rejected' },
  'finish-refund': { from: 'refunding', to: 'cancelled' },
} as const satisfies Record<string, Move>;
export type MoveName = keyof typeof moves;

/** What a pass has found out, recorded by the move that follows from it. */
export type Findings = Partial<Pick<Order, 'lines' | 'total' | 'chargeId' | 'reason' | 'shortLines'>>;

/** The order as the move would leave it. */
export function moveOrder(order: Order, name: MoveName, findings: Findings = {}): Order {
  const { from, to, outcome }: Move = moves[name];
  if (order.status !== from) throw new Error(`${name} leaves ${from}, but order ${order.orderId} is ${order.status}`);
  const { openShard, dueAt, openSince, paymentMethod, ...kept } = order;
  return {
    ...kept,
    ...findings,
    ...(outcome && { outcome }),
    ...(isOpen(to) && openShard !== undefined && { openShard, dueAt, openSince }),
    ...(to === 'refunding' && paymentMethod && { paymentMethod }),
    status: to,
    version: order.version + 1,
  };
}

export function isOpen(status: OrderStatus): status is OpenStatus {
  return status === 'pending' || status === 'releasing' || status === 'refunding';
}

export const OPEN_SHARDS = [0, 1, 2, 3] as const;

/** The entry in the open index of an order that its writer holds until `dueAt`. */
export function openEntry(orderId: string, now: number, dueAt: number): OpenEntry {
  return { openShard: orderId.charCodeAt(orderId.length - 1) % OPEN_SHARDS.length, openSince: now, dueAt };
}

export type OrderRequest = { customerId: string; idempotencyKey: string; input: OrderInput };

/** A new order, held by the request that creates it: its first pass. */
export function newOrder({ customerId, idempotencyKey, input }: OrderRequest, now: number, dueAt: number): Order {
  const orderId = orderIdOf(customerId, idempotencyKey);
  return {
    orderId,
    customerId,
    requestHash: requestHashOf(input),
    lines: input.lines,
    paymentMethod: input.paymentMethod,
    status: 'pending',
    attempt: 1,
    version: 1,
    createdAt: now,
    ...openEntry(orderId, now, dueAt),
  };
}

/** Exact: the contracts bound prices, quantities and lines so that the sum stays below 2^53. */
export function totalOf(lines: readonly PricedLine[]): Money {
  const [first] = lines;
  if (!first) throw new Error('an order has at least one line');
  const amountMinor = lines.reduce((sum, { price, quantity }) => sum + price.amountMinor * quantity, 0);
  return { amountMinor, currency: first.price.currency };
}
