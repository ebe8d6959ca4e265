import type { Order } from '../../src/order.ts';

export type StoredOrder = Order & { writer?: string };
export type StoredReservation = {
  status: 'held' | 'released';
  quantity: number;
  reason?: 'out_of_stock' | 'released';
};
export type StoredPayment = {
  status: 'intended' | 'succeeded' | 'declined' | 'refunded' | 'voided';
  amountMinor?: number;
};
export type Charge = { key: string; orderId: string; amountMinor: number; succeeded: boolean };
export type Refund = { key: string; orderId: string; amountMinor: number };

/** Every table of the shop, with one product, and the gateway's ledger. Never changed in place. */
export type World = {
  readonly available: number;
  readonly received: number;
  readonly gatewayApproves: boolean;
  readonly orders: Readonly<Record<string, StoredOrder>>;
  readonly reservations: Readonly<Record<string, StoredReservation>>;
  readonly payments: Readonly<Record<string, StoredPayment>>;
  readonly charges: readonly Charge[];
  readonly refunds: readonly Refund[];
  /** Every lease that was granted, with the due time that its taker had seen. */
  readonly leases: readonly string[];
};

/** What one request does to the world, at once or not at all, and what it answers. */
export type Effect<Reply> = (world: World) => [World, Reply];

export const PRICE_MINOR = 100;

export function newWorld(stock: number, gatewayApproves: boolean): World {
  const none = { orders: {}, reservations: {}, payments: {}, charges: [], refunds: [], leases: [] };
  return { available: stock, received: stock, gatewayApproves, ...none };
}
