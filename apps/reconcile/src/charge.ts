import { type Static, Type } from 'typebox';

/** A charge as the gateway's ledger shows it. `reference` is our order id. */
export const Charge = Type.Object({
  chargeId: Type.String(),
  reference: Type.String(),
  status: Type.Union([Type.Literal('succeeded'), Type.Literal('declined')]),
  amountMinor: Type.Integer(),
  currency: Type.String(),
  refundedMinor: Type.Integer(),
});
export type Charge = Static<typeof Charge>;
