import type { Money } from '@shop/contracts/money';
import type { PricedLine, RequestedLine } from '@shop/contracts/order';

/** What this job needs to see of each table's items. The owners' code is not imported: it is what is being checked. */
export type ProductItem = { sku: string; available: number; received: number };

export type ReservationItem = {
  orderId: string;
  status: 'held' | 'released';
  lines: readonly PricedLine[];
  version: number;
  /** Epoch seconds at which DynamoDB may delete a released reservation. */
  ttl?: number;
};

export type OrderItem = {
  orderId: string;
  status: 'pending' | 'confirmed' | 'releasing' | 'rejected' | 'refunding' | 'cancelled';
  lines: readonly RequestedLine[];
  total?: Money;
  chargeId?: string;
  version: number;
  /** Epoch ms, as is `openSince`, which only open orders have. */
  createdAt: number;
  openSince?: number;
};

export type PaymentItem = {
  orderId: string;
  status: 'intended' | 'succeeded' | 'declined' | 'refunded' | 'voided';
  amount?: Money;
  version: number;
};
