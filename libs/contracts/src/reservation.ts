import { type Static, Type } from 'typebox';
import { OrderId, PricedLine, RequestedLines } from './order.ts';
import { Problem } from './problem.ts';
import { Sku } from './product.ts';

/** Body of `PUT /internal/reservations/{orderId}`. */
export const ReservationInput = Type.Object({ lines: RequestedLines }, { additionalProperties: false });
export type ReservationInput = Static<typeof ReservationInput>;

/** Stock held for an order, at the prices of the moment it was held. */
export const Reservation = Type.Object({
  orderId: OrderId,
  status: Type.Literal('held'),
  lines: Type.Array(PricedLine),
});
export type Reservation = Static<typeof Reservation>;

/** Why stock was refused; `released` says that it was given back, by a cancellation or a declined payment. */
export const RefusalReason = Type.Enum(['out_of_stock', 'not_for_sale', 'mixed_currency', 'released']);
export type RefusalReason = Static<typeof RefusalReason>;

/** A line that could not be held, with what is left of it: 0 when it is not for sale. */
export const ShortLine = Type.Object({ sku: Sku, requested: Type.Integer(), available: Type.Integer() });
export type ShortLine = Static<typeof ShortLine>;

/** The 409 of a reservation: final, fenced by a tombstone. Repeating the request gives the same answer. */
export const ReservationRefused = Type.Interface([Problem], {
  reason: RefusalReason,
  shortLines: Type.Array(ShortLine),
});
export type ReservationRefused = Static<typeof ReservationRefused>;

/** Answer of `DELETE /internal/reservations/{orderId}`: nothing is held for the order, and nothing ever will be. */
export const ReservationReleased = Type.Object({ orderId: OrderId, status: Type.Literal('released') });
export type ReservationReleased = Static<typeof ReservationReleased>;
