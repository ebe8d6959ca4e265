import type { Money } from '@shop/contracts/money';
import { type ChargeInput, ChargeResult, type RefundInput, RefundResult } from '@shop/contracts/payment';
import { Problem } from '@shop/contracts/problem';
import { type HttpClient, PeerUnavailable } from '@shop/http-client';
import type { Order } from './order.ts';

/** The name of every call, as it is published to `shop.step`. */
export const paymentCalls = ['payment.charge', 'payment.refund'] as const;

/** `fenced`: no charge is possible for this order any more, because somebody has given it up. */
export type ChargeReply = ChargeResult | { status: 'fenced' };

export function createPaymentClient(http: HttpClient<(typeof paymentCalls)[number]>) {
  return {
    /** Charges the order once, however often it is asked. An unknown outcome fails with PeerUnavailable. */
    async charge(order: Order, amount: Money, deadlineAt: number): Promise<ChargeReply> {
      const reply = await http.request({
        name: 'payment.charge',
        method: 'PUT',
        path: `/internal/payments/${order.orderId}`,
        route: '/internal/payments/:orderId',
        body: { ...askedBy(order), amount } satisfies ChargeInput,
        deadlineAt,
        replies: { 200: ChargeResult, 409: Problem },
      });
      return reply.status === 200 ? reply.body : { status: 'fenced' };
    },

    /** Gives back what was charged, and sees to it that nothing can be charged any more. */
    async refund(order: Order, deadlineAt: number): Promise<void> {
      await http.request({
        name: 'payment.refund',
        method: 'PUT',
        path: `/internal/payments/${order.orderId}/refund`,
        route: '/internal/payments/:orderId/refund',
        body: askedBy(order) satisfies RefundInput,
        deadlineAt,
        replies: { 200: RefundResult },
      });
    },
  };
}

/** The gateway refuses our credentials or our calls: asking again soon is of no use, and somebody must be told. */
export function isRefusedByOurFault(error: unknown): boolean {
  return error instanceof PeerUnavailable && error.problemCode === 'PAYMENT_GATEWAY_REFUSED';
}

function askedBy({ customerId, attempt, paymentMethod }: Order) {
  return { customerId, attempt, ...(paymentMethod && { paymentMethod }) };
}
