import { ProblemError } from '@shop/contracts/problem';
import { StorageUnavailable } from '@shop/dynamo';
import { idempotencyKeyReused, outcomeUnknown } from './errors.ts';
import { newOrder, type Order, type OrderRequest } from './order.ts';
import type { OrderStore } from './order-store.ts';
import type { Saga } from './saga.ts';
import { leaseMsOf, type Timing } from './timing.ts';
import { within } from './within.ts';

type Means = { store: Pick<OrderStore, 'create'>; saga: Pick<Saga, 'start'>; timing: Timing; now?: () => number };

/** `replayed`: the order was there already, and `order` is what has become of it. */
export type Placed = { order: Order; replayed: boolean };

/**
 * Places the order that a customer asks for under a key, once, and follows it until its outcome is recorded, but no
 * longer than the answer budget: then the pass goes on behind the answer. From the first write on the order is never lost,
 * whatever fails.
 */
export async function placeOrder(
  request: OrderRequest,
  { store, saga, timing, now = Date.now }: Means,
  deadlineAt: number,
): Promise<Placed> {
  const begunAt = now();
  const answerBy = Math.min(deadlineAt, begunAt + timing.answerBudgetMs);
  const order = newOrder(request, begunAt, begunAt + leaseMsOf(1, timing));

  const created = await store.create(order, answerBy).catch(sayUnknown);
  if (!created.saved) {
    if (created.order.requestHash !== order.requestHash) throw new ProblemError(idempotencyKeyReused);
    return { order: created.order, replayed: true };
  }

  const pass = saga.start(created.order);
  return { order: (await within(pass.outcome, answerBy - now())) ?? pass.order, replayed: false };
}

function sayUnknown(error: unknown): never {
  if (!(error instanceof StorageUnavailable)) throw error;
  throw new ProblemError(outcomeUnknown, { headers: { 'retry-after': '1' }, cause: error });
}
