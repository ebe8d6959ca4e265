import { isOpen } from '../../src/order.ts';
import type { StoredOrder, World } from './world.ts';

/** What must be true at every moment; undefined when it is. */
export function unsafe(world: World): string | undefined {
  const held = Object.values(world.reservations).reduce(
    (sum, { status, quantity }) => sum + (status === 'held' ? quantity : 0),
    0,
  );
  if (world.available < 0) return 'more units are held than there are';
  if (world.available + held !== world.received) return `units vanish or appear: ${world.available} + ${held}`;
  const refunded = new Set(world.refunds.map(({ key }) => key));
  if (refunded.size !== world.refunds.length) return 'a refund was made twice under one key';
  if (new Set(world.leases).size !== world.leases.length) return 'two processes leased an order on the same due time';
  return first(Object.values(world.orders), (order) => unsafeOrder(order, world));
}

function unsafeOrder(order: StoredOrder, world: World): string | undefined {
  const { orderId, status, outcome, total } = order;
  const reservation = world.reservations[orderId];
  const charges = world.charges.filter((charge) => charge.orderId === orderId && charge.succeeded);
  const refunds = world.refunds.filter((refund) => refund.orderId === orderId);
  const kept = sum(charges) - sum(refunds);

  if (charges.length > 1) return 'charged twice';
  if (kept < 0) return 'refunded more than was charged';
  if ((outcome === undefined) !== (status === 'pending')) return `${status} with outcome ${outcome}`;
  if (isOpen(status) !== (order.dueAt !== undefined)) return `${status}, and its entry in the open index is wrong`;
  if (order.paymentMethod && status !== 'pending' && status !== 'refunding') return `${status} with a payment method`;
  if (status === 'confirmed') {
    if (reservation?.status !== 'held') return 'confirmed without its stock';
    if (kept !== total?.amountMinor) return `confirmed for ${total?.amountMinor}, paid ${kept}`;
    if (world.payments[orderId]?.status !== 'succeeded') return 'confirmed without a payment that succeeded';
  }
  if (status === 'rejected' || status === 'cancelled') {
    if (reservation?.status === 'held') return `${status}, and its stock is held`;
    if (kept !== 0) return `${status}, and money is kept`;
  }
  return undefined;
}

/** What one effect must never do. */
export function unlawful(before: World, after: World): string | undefined {
  return first(Object.values(before.orders), (was) => {
    const is = after.orders[was.orderId];
    if (!is || is === was) return undefined;
    if (was.outcome && is.outcome !== was.outcome) return `the outcome ${was.outcome} became ${is.outcome}`;
    return undefined;
  });
}

/** What must be true once the faults are over and recovery has had its time. */
export function unsettled(world: World, told: readonly string[]): string | undefined {
  const open = Object.values(world.orders).find(({ status }) => isOpen(status));
  if (open) return `never settled: ${open.status}`;
  return first(told, (fact) => brokenWord(fact, world));
}

/** Whether what somebody was told has turned out to be wrong. */
function brokenWord(fact: string, world: World): string | undefined {
  const [subject = '', verb = '', answer = ''] = fact.split(' ');
  if (subject === 'BUG') return fact;
  if (subject === 'placing') return answer === 'ORDER_OUTCOME_UNKNOWN' ? undefined : fact;
  const order = world.orders[subject];
  const { status, outcome, reason } = order ?? {};
  const said = `${verb} ${answer}, in the end ${status} (${outcome})`;
  switch (answer) {
    case '201':
      return outcome === 'confirmed' ? undefined : said;
    case '202':
      return order ? undefined : said;
    case 'ORDER_PAYMENT_DECLINED':
      return status === 'rejected' && reason === 'payment_declined' ? undefined : said;
    case 'ORDER_OUT_OF_STOCK':
      return status === 'rejected' && reason === 'out_of_stock' ? undefined : said;
    case 'ORDER_CANCELLED':
      return status === 'cancelled' && outcome === 'cancelled' ? undefined : said;
    case 'accepted':
      return status === 'cancelled' ? undefined : said;
    case 'ORDER_NOT_CANCELLABLE':
      return status === 'rejected' ? undefined : said;
    case 'ORDER_NOT_FOUND':
      return undefined;
    default:
      return fact;
  }
}

function sum(entries: readonly { amountMinor: number }[]): number {
  return entries.reduce((total, { amountMinor }) => total + amountMinor, 0);
}

function first<Item>(items: readonly Item[], find: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}
