import type { Money } from '@shop/contracts/money';
import type { ChargeResult, Payment as PaymentView, RefundResult } from '@shop/contracts/payment';

type Always = { readonly orderId: string; readonly customerId: string; readonly version: number };
/** Written before the gateway is asked: an order without a payment was never charged, by anybody. */
export type Intended = Always & { readonly status: 'intended'; readonly amount: Money; readonly intendedAt: string };
export type Succeeded = Omit<Intended, 'status'> & {
  readonly status: 'succeeded';
  readonly gatewayId: string;
  /** Written before the gateway is asked for the refund. */
  readonly refundIntendedAt?: string;
};
type Declined = Omit<Intended, 'status'> & { readonly status: 'declined'; readonly reason: string };
type Refunded = Omit<Succeeded, 'status'> & { readonly status: 'refunded'; readonly refundId: string };
/** Stands where no charge was ever asked for, and fences every request to charge that comes late. */
type Voided = Always & { readonly status: 'voided' };

/** The payment of one order, as stored. Nothing in it tells how the customer pays. */
export type Payment = Intended | Succeeded | Declined | Refunded | Voided;
export type PaymentStatus = Payment['status'];

/** Every change a payment can see. A move is one conditional write that names the status it expects. */
export const moves = {
  intend: { from: 'none', to: 'intended' },
  void: { from: 'none', to: 'voided' },
  succeed: { from: 'intended', to: 'succeeded' },
  decline: { from: 'intended', to: 'declined' },
  intendRefund: { from: 'succeeded', to: 'succeeded' },
  refund: { from: 'succeeded', to: 'refunded' },
} as const satisfies Record<string, { from: PaymentStatus | 'none'; to: PaymentStatus }>;
export type Move = keyof typeof moves;

/** What a charge of this amount comes to; undefined when the payment is fenced: void, given back, or another amount. */
export function chargeResultOf(payment: Payment, amount: Money): ChargeResult | undefined {
  if (payment.status === 'voided' || !isSameMoney(payment.amount, amount)) return;
  if (payment.status === 'succeeded') return { status: 'succeeded', chargeId: payment.gatewayId };
  if (payment.status === 'declined') return { status: 'declined', reason: payment.reason };
  return;
}

/** What a refund comes to; undefined while money may still be kept. */
export function refundResultOf(payment: Payment): RefundResult | undefined {
  if (payment.status === 'refunded') return { status: 'refunded', refundId: payment.refundId };
  if (payment.status === 'voided' || payment.status === 'declined') return { status: payment.status };
  return;
}

/** The payment as its customer sees it. */
export function toView(payment: Payment): PaymentView {
  return {
    paymentId: payment.orderId,
    status: payment.status,
    ...(payment.status !== 'voided' && { amount: payment.amount }),
    refunds: payment.status === 'refunded' ? [{ refundId: payment.refundId, amount: payment.amount }] : [],
  };
}

export function isSameMoney(one: Money, other: Money): boolean {
  return one.amountMinor === other.amountMinor && one.currency === other.currency;
}
