import type { Charge } from './charge.ts';
import type { OrderItem, PaymentItem, ReservationItem } from './items.ts';

/** All that is stored about one order, read consistently. */
export type Snapshot = {
  order: OrderItem;
  reservation?: ReservationItem;
  payment?: PaymentItem;
  /** The gateway's charges whose reference is the order, declines included. */
  charges: readonly Charge[];
};

/** One thing that should not be. A surplus charge keeps money that no order accounts for: it can be refunded. */
export type Difference = { kind: DifferenceKind; detail: string; surplus?: Charge };

export const differenceKinds = {
  'open-too-long': 'an order is open for longer than the limit',
  'total-wrong': 'the total of a confirmed order is not the sum of what was held for it',
  'stock-missing': 'nothing, or not its lines, is held for a confirmed order',
  'stock-kept': 'stock is held for an order that is closed without a sale',
  'payment-missing': 'a confirmed order has no succeeded payment of its total',
  'payment-kept': 'a payment stands open or succeeded for an order that is closed without a sale',
  'charge-missing': 'the gateway has no charge, or not of the total, for a confirmed order',
  'charge-surplus': 'the gateway keeps money that no order accounts for',
  'refund-surplus': 'more was refunded than charged',
  'reservation-orphan': 'a reservation has no order',
  'payment-orphan': 'a payment has no order',
  'product-lost': 'available and held are fewer than received',
  'product-oversold': 'available and held are more than received, or available is below zero',
} as const;
export type DifferenceKind = keyof typeof differenceKinds;

/** Holds one order against the invariants. Each holds at every moment, not only at rest, but for the limit on open orders. */
export function judgeOrder(
  snapshot: Snapshot,
  { now, openLimitMs }: { now: number; openLimitMs: number },
): Difference[] {
  const { order, charges } = snapshot;
  const refunds = charges
    .filter(({ refundedMinor, amountMinor }) => refundedMinor > amountMinor)
    .map((charge) => difference('refund-surplus', `${charge.refundedMinor} of ${describe(charge)}`));
  if (order.status === 'confirmed') return [...refunds, ...judgeSale(snapshot)];
  if (order.status === 'rejected' || order.status === 'cancelled') return [...refunds, ...judgeNoSale(snapshot)];
  const openMs = now - (order.openSince ?? order.createdAt);
  const late = openMs > openLimitMs ? [difference('open-too-long', `${order.status} for ${openMs} ms`)] : [];
  const surplus = charges.filter(keepsMoney).slice(1).map(surplusCharge);
  return [...refunds, ...late, ...surplus.map(withoutRepair)];
}

function judgeSale({ order, reservation, payment, charges }: Snapshot): Difference[] {
  const differences: Difference[] = [];
  const held = reservation?.status === 'held' ? reservation.lines : [];
  if (linesOf(held) !== linesOf(order.lines)) {
    const found = reservation ? `${reservation.status} ${linesOf(reservation.lines)}` : 'no reservation';
    differences.push(difference('stock-missing', `${found} for ${linesOf(order.lines)}`));
  } else if (sumOf(held) !== amountOf(order.total)) {
    differences.push(difference('total-wrong', `${amountOf(order.total)} for ${sumOf(held)}`));
  }
  if (payment?.status !== 'succeeded' || amountOf(payment.amount) !== amountOf(order.total)) {
    const found = payment ? `${payment.status} ${amountOf(payment.amount)}` : 'no payment';
    differences.push(difference('payment-missing', `${found} for ${amountOf(order.total)}`));
  }
  const own = charges.find(({ chargeId }) => chargeId === order.chargeId);
  if (own?.status !== 'succeeded' || own.refundedMinor > 0 || amountOf(own) !== amountOf(order.total)) {
    const found = own ? `${own.status} ${describe(own)}, refunded ${own.refundedMinor}` : `no ${order.chargeId}`;
    differences.push(difference('charge-missing', `${found} for ${amountOf(order.total)}`));
  }
  // Without the order's own charge nobody can say which of the others is the surplus one.
  const others = charges.filter((charge) => charge !== own && keepsMoney(charge)).map(surplusCharge);
  return [...differences, ...(own ? others : others.map(withoutRepair))];
}

function judgeNoSale({ reservation, payment, charges }: Snapshot): Difference[] {
  const held = reservation?.status === 'held' ? [difference('stock-kept', linesOf(reservation.lines))] : [];
  const taken = payment?.status === 'succeeded' || payment?.status === 'intended';
  const paid = taken ? [difference('payment-kept', `${payment.status} ${amountOf(payment.amount)}`)] : [];
  return [...held, ...paid, ...charges.filter(keepsMoney).map(surplusCharge)];
}

/** A charge that was not given back entirely. */
export function keepsMoney({ status, amountMinor, refundedMinor }: Charge): boolean {
  return status === 'succeeded' && refundedMinor < amountMinor;
}

export function surplusCharge(charge: Charge): Difference & { surplus: Charge } {
  return { ...difference('charge-surplus', `${describe(charge)}, refunded ${charge.refundedMinor}`), surplus: charge };
}

export function withoutRepair({ kind, detail }: Difference): Difference {
  return { kind, detail };
}

function difference(kind: DifferenceKind, detail: string): Difference {
  return { kind, detail };
}

function describe(charge: Charge): string {
  return `${charge.chargeId} ${amountOf(charge)}`;
}

function amountOf(money: { amountMinor: number; currency: string } | undefined): string {
  return money ? `${money.currency} ${money.amountMinor}` : 'no amount';
}

function sumOf(lines: ReservationItem['lines']): string {
  const currency = [...new Set(lines.map(({ price }) => price.currency))].join('+');
  return amountOf({
    currency,
    amountMinor: lines.reduce((sum, line) => sum + line.quantity * line.price.amountMinor, 0),
  });
}

function linesOf(lines: OrderItem['lines']): string {
  return lines
    .map(({ sku, quantity }) => `${quantity} ${sku}`)
    .sort()
    .join(', ');
}
