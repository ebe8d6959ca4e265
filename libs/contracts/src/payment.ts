import { type Static, Type } from 'typebox';
import { Money } from './money.ts';
import { OrderId, PaymentMethod } from './order.ts';

const askedBy = {
  /** Which attempt of the order this is, from 1: later attempts look the charge up first and wait longer. */
  attempt: Type.Integer({ minimum: 1 }),
  /** Passed while the order still has it; payment hands it to the gateway and never stores it. */
  paymentMethod: Type.Optional(PaymentMethod),
};

/** Body of `PUT /internal/payments/{orderId}`: charge the order once, however often it is sent. */
export const ChargeInput = Type.Object(
  { customerId: Type.String({ minLength: 1, maxLength: 255 }), amount: Money, ...askedBy },
  { additionalProperties: false },
);
export type ChargeInput = Static<typeof ChargeInput>;

/** A settled charge. An unknown outcome is not an answer but a 503. */
export const ChargeResult = Type.Union([
  Type.Object({ status: Type.Literal('succeeded'), chargeId: Type.String() }),
  Type.Object({ status: Type.Literal('declined'), reason: Type.String() }),
]);
export type ChargeResult = Static<typeof ChargeResult>;

/** Body of `PUT /internal/payments/{orderId}/refund`. */
export const RefundInput = Type.Object(
  { customerId: Type.String({ minLength: 1, maxLength: 255 }), ...askedBy },
  { additionalProperties: false },
);
export type RefundInput = Static<typeof RefundInput>;

/** No money is kept for the order, and none can be taken any more. */
export const RefundResult = Type.Object({
  status: Type.Enum(['refunded', 'voided', 'declined']),
  refundId: Type.Optional(Type.String()),
});
export type RefundResult = Static<typeof RefundResult>;

/** Answer of `GET /v1/payments/{paymentId}`; the method token is never part of it. */
export const Payment = Type.Object({
  paymentId: OrderId,
  status: Type.Enum(['intended', 'succeeded', 'declined', 'refunded', 'voided']),
  amount: Type.Optional(Money),
  refunds: Type.Array(Type.Object({ refundId: Type.String(), amount: Money })),
});
export type Payment = Static<typeof Payment>;
