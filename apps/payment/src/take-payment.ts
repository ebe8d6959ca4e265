import type { Money } from '@shop/contracts/money';
import type { ChargeResult } from '@shop/contracts/payment';
import { ProblemError } from '@shop/contracts/problem';
import { paymentFenced } from './errors.ts';
import { chargeResultOf, isSameMoney } from './payment.ts';
import { type Asking, type PaymentDependencies, settleCharge } from './settle-charge.ts';

export type Charge = Asking & { readonly orderId: string; readonly customerId: string; readonly amount: Money };

/** Charges an order once, however often it is asked to. The intent comes first: it says that the gateway may know of it. */
export async function takePayment(
  { orderId, customerId, amount, ...asking }: Charge,
  dependencies: PaymentDependencies,
  deadlineAt: number,
): Promise<ChargeResult> {
  const { store, now } = dependencies;
  const intendedAt = new Date(now()).toISOString();
  const { payment } = await store.intend({ orderId, customerId, amount, intendedAt }, deadlineAt);

  const isOpen = payment.status === 'intended' && isSameMoney(payment.amount, amount);
  const settled = isOpen ? await settleCharge(payment, asking, dependencies, deadlineAt) : payment;
  const result = chargeResultOf(settled, amount);
  if (!result) throw new ProblemError(paymentFenced);
  return result;
}
