import { RejectionReason } from '@shop/contracts/order';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Order } from './order.ts';
import type { OpenOrder } from './order-store.ts';

/** From this attempt on an order counts as stuck: somebody should look at it. It is still tried. */
const STUCK_ATTEMPT = 12;

/** Exposed before the first order: a series that begins at 1 has no increase, so that order would be missing in all rates. */
const outcomes = ['confirmed', 'cancelled', ...RejectionReason.enum];

export type OrderMetrics = ReturnType<typeof createOrderMetrics>;

/**
 * The business figures of orders. What is open or overdue comes from recovery's regular look at the index, so that every
 * task tells the same; age and attempts are known of orders that this task has taken up, so read both as the maximum over
 * all tasks.
 */
export function createOrderMetrics(registry: Registry, now: () => number = Date.now) {
  const registers = [registry];
  const orders = new Counter({
    name: 'orders_total',
    help: 'Orders whose outcome was recorded, by outcome; rejected ones by their reason.',
    labelNames: ['outcome'] as const,
    registers,
  });
  const amount = new Counter({
    name: 'order_amount_minor_total',
    help: 'Totals of confirmed orders in minor units.',
    labelNames: ['currency'] as const,
    registers,
  });
  const parked = new Counter({
    name: 'orders_parked_total',
    help: 'Passes that ended because the gateway refuses our credentials or calls.',
    registers,
  });
  const recoveries = new Counter({
    name: 'saga_recoveries_total',
    help: 'Orders taken up again after their process died, hung or gave up.',
    registers,
  });
  const open = new Gauge({ name: 'orders_open', help: 'Orders that are not settled yet.', registers });
  const oldest = new Gauge({
    name: 'orders_oldest_open_age_seconds',
    help: 'How long the oldest open order that this task had to take up again has been open.',
    registers,
  });
  const overdue = new Gauge({
    name: 'orders_oldest_overdue_seconds',
    help: 'How long the order that is due longest has waited for a task to take it up, 0 when none is due.',
    registers,
  });
  const stuck = new Gauge({
    name: 'orders_stuck',
    help: `Open orders that this task has taken up in attempt ${STUCK_ATTEMPT} or later.`,
    registers,
  });
  for (const outcome of outcomes) orders.inc({ outcome }, 0);
  const taken = new Map<string, { attempt: number; openSince: number }>();

  return {
    decided({ outcome, reason, total }: Order): void {
      orders.inc({ outcome: reason ?? outcome ?? 'none' });
      if (outcome === 'confirmed' && total) amount.inc({ currency: total.currency }, total.amountMinor);
    },
    parked: () => parked.inc(),
    recovering({ orderId, attempt, openSince = now() }: Order): void {
      recoveries.inc();
      taken.set(orderId, { attempt, openSince });
    },
    open(orders: readonly OpenOrder[]): void {
      const ids = new Set(orders.map(({ orderId }) => orderId));
      for (const orderId of taken.keys()) if (!ids.has(orderId)) taken.delete(orderId);
      const known = [...taken.values()];
      open.set(ids.size);
      overdue.set(orders.reduce((wait, { dueAt }) => Math.max(wait, now() - dueAt), 0) / 1000);
      stuck.set(known.filter(({ attempt }) => attempt >= STUCK_ATTEMPT).length);
      oldest.set(known.reduce((age, { openSince }) => Math.max(age, now() - openSince), 0) / 1000);
    },
  };
}
