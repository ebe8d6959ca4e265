import { ProblemError } from '@shop/contracts/problem';
import { orderNotCancellable } from './errors.ts';
import { moveOrder, type Order, openEntry } from './order.ts';
import type { OrderStore, Saved } from './order-store.ts';
import { readOrder } from './read-orders.ts';
import type { Saga } from './saga.ts';
import { leaseMsOf, type Timing } from './timing.ts';
import { within } from './within.ts';

type Means = { store: Pick<OrderStore, 'get' | 'save'>; saga: Pick<Saga, 'start'>; timing: Timing; now?: () => number };

/**
 * Cancels the customer's own order and follows it for the answer budget. Repeating it is harmless. The write that asks
 * for the cancellation takes the order's lease as well, so that an earlier runner stops at its next write.
 */
export async function cancelOrder(
  own: { customerId: string; orderId: string },
  { store, saga, timing, now = Date.now }: Means,
  deadlineAt: number,
): Promise<Order> {
  let order = await readOrder(own, store, deadlineAt);
  while (!isUnderCancellation(order)) {
    const requested = await requestCancellation(order);
    if (requested.saved) {
      const pass = saga.start(requested.order);
      return (await within(pass.end, Math.min(timing.answerBudgetMs, deadlineAt - now()))) ?? pass.order;
    }
    order = requested.order;
  }
  return order;

  async function requestCancellation(order: Order): Promise<Saved> {
    switch (order.status) {
      case 'pending': {
        const attempt = order.attempt + 1;
        const lease = { attempt, dueAt: now() + leaseMsOf(attempt, timing), version: order.version + 1 };
        return store.save('request-cancel', { ...order, ...lease, cancelRequested: true }, deadlineAt);
      }
      case 'confirmed': {
        const lease = { attempt: 1, ...openEntry(order.orderId, now(), now() + leaseMsOf(1, timing)) };
        return store.save('refund', { ...moveOrder(order, 'refund'), ...lease }, deadlineAt);
      }
      default:
        throw new ProblemError(orderNotCancellable);
    }
  }
}

function isUnderCancellation({ status, cancelRequested }: Order): boolean {
  return cancelRequested === true || status === 'refunding' || status === 'cancelled';
}
