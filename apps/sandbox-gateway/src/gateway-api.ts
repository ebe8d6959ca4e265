import { Currency } from '@shop/contracts/money';
import { NextCursor, PageQuery } from '@shop/contracts/page';
import { type Static, Type } from 'typebox';

const AmountMinor = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** What the caller knows the charge by. A colon is left to the idempotency keys, which begin with the reference. */
const Reference = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,255}$', examples: ['ord_mfzwi3tbmfzwi3tbmfzwi3tbmf'] });

export const KeyHeader = Type.Object({
  'idempotency-key': Type.String({
    pattern: '^[A-Za-z0-9_.:-]{1,300}$',
    description: 'The reference itself, or the reference, a colon and any ending. Kept for ever.',
  }),
});

/** Body of `POST /v1/charges`. */
export const ChargeAsk = Type.Object(
  {
    amountMinor: AmountMinor,
    currency: Currency,
    paymentMethod: Type.String({ minLength: 1, maxLength: 255 }),
    reference: Reference,
  },
  { additionalProperties: false },
);
export type ChargeAsk = Static<typeof ChargeAsk>;

/** Body of `POST /v1/refunds`. */
export const RefundAsk = Type.Object(
  {
    chargeId: Type.String({ maxLength: 64 }),
    reference: Reference,
    amountMinor: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    currency: Currency,
  },
  { additionalProperties: false },
);
export type RefundAsk = Static<typeof RefundAsk>;

export const Charge = Type.Object({
  chargeId: Type.String(),
  reference: Type.String(),
  status: Type.Union([Type.Literal('succeeded'), Type.Literal('declined')]),
  declineReason: Type.Optional(Type.String()),
  amountMinor: AmountMinor,
  currency: Type.String(),
  refundedMinor: AmountMinor,
  refunds: Type.Array(Type.Object({ refundId: Type.String(), amountMinor: AmountMinor })),
  createdAt: Type.String({ format: 'date-time' }),
});
export type Charge = Static<typeof Charge>;

export const Refund = Type.Object({
  refundId: Type.String(),
  chargeId: Type.String(),
  reference: Type.String(),
  status: Type.Literal('succeeded'),
  amountMinor: AmountMinor,
  currency: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
});
export type Refund = Static<typeof Refund>;

export const ChargeQuery = Type.Object(
  { reference: Type.Optional(Reference), ...PageQuery },
  { additionalProperties: false },
);
export const ChargePage = Type.Object({ items: Type.Array(Charge), nextCursor: NextCursor });
export type ChargePage = Static<typeof ChargePage>;
