import type { Order as PublicOrder } from '@shop/contracts/order';
import { decodeCursor, encodeCursor } from '@shop/contracts/page';
import { ProblemError } from '@shop/contracts/problem';
import { orderCancelled, rejections } from './errors.ts';
import type { Order, OrderStatus, PageStart } from './order.ts';

/** The order as its customer sees it. That stock is still on its way back does not concern them. */
export function toPublic(order: Order, status: OrderStatus = order.status): PublicOrder {
  const { orderId, reason, lines, total, createdAt } = order;
  return {
    orderId,
    status: status === 'releasing' ? 'rejected' : status,
    ...(reason && { reason }),
    lines: [...lines],
    ...(total && { total }),
    paymentId: orderId,
    createdAt: new Date(createdAt).toISOString(),
  };
}

/** Why the order was not confirmed, as the answer to the request that placed it. */
export function refusalOf({ orderId, outcome, reason, shortLines }: Order): ProblemError | undefined {
  if (outcome === 'cancelled') return new ProblemError(orderCancelled, { members: { orderId } });
  if (outcome !== 'rejected' || !reason) return undefined;
  return new ProblemError(rejections[reason], { members: { orderId, ...(shortLines?.length && { shortLines }) } });
}

/** The place behind an order in its customer's list. The customer is no part of it: the token says who asks. */
export function toCursor({ createdAt, orderId }: PageStart): string {
  return encodeCursor([String(createdAt), orderId]);
}

export function fromCursor(cursor: string): PageStart | undefined {
  const [createdAt = '', orderId = ''] = decodeCursor(cursor, 2) ?? [];
  if (!/^\d{1,15}$/.test(createdAt) || !/^ord_[a-z2-7]{26}$/.test(orderId)) return undefined;
  return { createdAt: Number(createdAt), orderId };
}
