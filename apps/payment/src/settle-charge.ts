import { GatewayRefusal } from './errors.ts';
import type { Gateway, GatewayCharge } from './gateway.ts';
import { gatewayDeadline, shouldLookFirst } from './gateway-patience.ts';
import { type Intended, isSameMoney, type Payment } from './payment.ts';
import type { PaymentMetrics } from './payment-metrics.ts';
import type { PaymentStore } from './payment-store.ts';

export type PaymentDependencies = {
  store: PaymentStore;
  gateway: Gateway;
  metrics: PaymentMetrics;
  gatewayTimeoutMs: number;
  /** The clock of the stored timestamps, in epoch ms. */
  now: () => number;
};

/** How an order asks: both come with each request and neither is stored. */
export type Asking = { readonly attempt: number; readonly paymentMethod?: string };

/**
 * Finds out what becomes of an intent, by asking the gateway with the order's key, and records it. Any number of runners
 * may do this at once, and again after any failure: the key makes it one charge, the version one record.
 *
 * One thing is assumed: no process is paused, between the adapter's look at the deadline and the request leaving it, for
 * so long that the gateway forgets the key meanwhile. One that was could charge again; `reconcile` would find it.
 */
export async function settleCharge(
  payment: Intended,
  { attempt, paymentMethod }: Asking,
  { store, gateway, metrics, gatewayTimeoutMs, now }: PaymentDependencies,
  deadlineAt: number,
): Promise<Payment> {
  const { orderId, amount } = payment;
  const waitUntil = gatewayDeadline(attempt, deadlineAt, gatewayTimeoutMs);
  const charge = (await known()) ?? (await submit());
  if (!isSameMoney(charge.amount, amount)) throw new GatewayRefusal('The gateway has a charge of another amount');
  return record(charge);

  async function known(): Promise<GatewayCharge | undefined> {
    if (paymentMethod && !shouldLookFirst(attempt, payment.intendedAt, now())) return;
    const charges = await gateway.find(orderId, waitUntil);
    return charges.find(({ status }) => status === 'succeeded') ?? charges[0];
  }

  async function submit(): Promise<GatewayCharge> {
    if (!paymentMethod) throw new GatewayRefusal('The order has no payment method, and the gateway no charge for it');
    return gateway.charge({ orderId, amount, paymentMethod }, waitUntil);
  }

  async function record(charge: GatewayCharge): Promise<Payment> {
    const settled =
      charge.status === 'succeeded'
        ? await store.succeed(payment, charge.chargeId, deadlineAt)
        : await store.decline(payment, charge.reason ?? 'declined', deadlineAt);
    if (settled.written) metrics.charged(charge.status, amount);
    return settled.payment;
  }
}
