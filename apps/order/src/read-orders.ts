import { ProblemError } from '@shop/contracts/problem';
import { orderNotFound } from './errors.ts';
import type { Order } from './order.ts';
import type { OrderStore } from './order-store.ts';

/** The customer's own order; another's is as unknown as one that never was. */
export async function readOrder(
  { customerId, orderId }: { customerId: string; orderId: string },
  store: Pick<OrderStore, 'get'>,
  deadlineAt: number,
): Promise<Order> {
  const order = await store.get(orderId, deadlineAt);
  if (order?.customerId !== customerId) throw new ProblemError(orderNotFound);
  return order;
}
