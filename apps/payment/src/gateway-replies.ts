import { Type } from 'typebox';

const money = { amountMinor: Type.Integer(), currency: Type.String() };

/** A charge as the gateway tells it; members that this service has no use for are not looked at. */
export const ChargeReply = Type.Object({
  ...money,
  chargeId: Type.String(),
  status: Type.Union([Type.Literal('succeeded'), Type.Literal('declined')]),
  declineReason: Type.Optional(Type.String()),
  refundedMinor: Type.Integer(),
  refunds: Type.Array(Type.Object({ refundId: Type.String() })),
});
export type ChargeReply = Type.Static<typeof ChargeReply>;

export const FoundReply = Type.Object({ items: Type.Array(ChargeReply) });
export const RefundReply = Type.Object({ refundId: Type.String() });
export const RefusedReply = Type.Object({ code: Type.String() });
