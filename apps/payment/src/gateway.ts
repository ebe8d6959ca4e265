import type { Money } from '@shop/contracts/money';

export type ChargeRequest = { readonly orderId: string; readonly amount: Money; readonly paymentMethod: string };
export type RefundRequest = { readonly orderId: string; readonly chargeId: string; readonly amount: Money };

/** A charge with a result. `refundId` is there when all of its money was given back, `reason` when it was declined. */
export type GatewayCharge = {
  readonly chargeId: string;
  readonly amount: Money;
  readonly status: 'succeeded' | 'declined';
  readonly reason?: string;
  readonly refundId?: string;
};

/**
 * What this service needs of a payment gateway. Every adapter has to pass the cases of `test/gateway.contract.ts`:
 * - a charge is made once per `orderId`; its result, success and decline alike, answers every repeat at once;
 * - a repeat with another amount is refused (GatewayRefusal);
 * - a refusal because of the method or the amount is a decline: a result, with its reason;
 * - `find` is consistent and shows declines;
 * - a refund is made once per `orderId`; a charge that was given back before counts as refunded.
 * Whatever leaves the outcome open is GatewayOutcomeUnknown. `deadlineAt` is in epoch ms: an adapter looks at it right
 * before it sends, and sends nothing once it has passed.
 */
export type Gateway = {
  charge(request: ChargeRequest, deadlineAt: number): Promise<GatewayCharge>;
  find(orderId: string, deadlineAt: number): Promise<GatewayCharge[]>;
  refund(request: RefundRequest, deadlineAt: number): Promise<{ refundId: string }>;
  close(): Promise<void>;
};
