import type { RefundResult } from '@shop/contracts/payment';
import { gatewayDeadline, shouldLookFirst } from './gateway-patience.ts';
import { type Payment, refundResultOf, type Succeeded } from './payment.ts';
import { type Asking, type PaymentDependencies, settleCharge } from './settle-charge.ts';

export type Refund = Asking & { readonly orderId: string; readonly customerId: string };

/**
 * Sees to it that no money is kept for an order, and that none is taken later. A payment that was never asked for is
 * void; one whose charge is unsettled is first settled, because only the gateway knows whether it took the money.
 */
export async function refundPayment(
  { orderId, customerId, ...asking }: Refund,
  dependencies: PaymentDependencies,
  deadlineAt: number,
): Promise<RefundResult> {
  const { store, metrics } = dependencies;
  const { written, payment } = await store.void({ orderId, customerId }, deadlineAt);
  if (written) metrics.refunded('voided');

  const settled =
    payment.status === 'intended' ? await settleCharge(payment, asking, dependencies, deadlineAt) : payment;
  const done = settled.status === 'succeeded' ? await giveBack(settled, asking, dependencies, deadlineAt) : settled;
  const result = refundResultOf(done);
  if (!result) throw new Error(`A refund left the payment ${done.status}`);
  return result;
}

/** The refund of a charge: an intent of its own comes first, so that its age is known when it is asked for again. */
async function giveBack(
  succeeded: Succeeded,
  { attempt }: Asking,
  { store, gateway, metrics, gatewayTimeoutMs, now }: PaymentDependencies,
  deadlineAt: number,
): Promise<Payment> {
  const intendedAt = succeeded.refundIntendedAt ?? new Date(now()).toISOString();
  const marked = succeeded.refundIntendedAt ? succeeded : await mark();
  if (marked.status !== 'succeeded') return marked;

  const { orderId, gatewayId: chargeId, amount } = marked;
  const waitUntil = gatewayDeadline(attempt, deadlineAt, gatewayTimeoutMs);
  const refundId = (await known()) ?? (await gateway.refund({ orderId, chargeId, amount }, waitUntil)).refundId;
  const { written, payment } = await store.refund(marked, refundId, deadlineAt);
  if (written) metrics.refunded('refunded');
  return payment;

  async function mark(): Promise<Payment> {
    return (await store.intendRefund(succeeded, intendedAt, deadlineAt)).payment;
  }

  async function known(): Promise<string | undefined> {
    if (!shouldLookFirst(attempt, intendedAt, now())) return;
    const charges = await gateway.find(orderId, waitUntil);
    return charges.find((charge) => charge.chargeId === chargeId)?.refundId;
  }
}
