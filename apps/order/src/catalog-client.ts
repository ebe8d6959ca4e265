import type { PricedLine } from '@shop/contracts/order';
import {
  type RefusalReason,
  Reservation,
  ReservationRefused,
  ReservationReleased,
  type ShortLine,
} from '@shop/contracts/reservation';
import type { HttpClient } from '@shop/http-client';
import type { Order } from './order.ts';

/** The name of every call, as it is published to `shop.step`. */
export const catalogCalls = ['catalog.reserve', 'catalog.release'] as const;

/** Both are final: the same order gets the same answer again. `released` says that its stock has been given back. */
export type ReserveReply =
  | { status: 'held'; lines: readonly PricedLine[] }
  | { status: 'refused'; reason: RefusalReason; shortLines: readonly ShortLine[] };

export function createCatalogClient(http: HttpClient<(typeof catalogCalls)[number]>) {
  const route = '/internal/reservations/:orderId';
  const path = (orderId: string) => `/internal/reservations/${orderId}`;

  return {
    /** Holds the order's lines, at the prices of now. */
    async reserve({ orderId, lines }: Order, deadlineAt: number): Promise<ReserveReply> {
      const reply = await http.request({
        name: 'catalog.reserve',
        method: 'PUT',
        path: path(orderId),
        route,
        body: { lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) },
        deadlineAt,
        replies: { 200: Reservation, 409: ReservationRefused },
      });
      return reply.status === 200
        ? { status: 'held', lines: reply.body.lines }
        : { status: 'refused', reason: reply.body.reason, shortLines: reply.body.shortLines };
    },

    /** Gives back what is held for the order, and sees to it that nothing can be held for it any more. */
    async release({ orderId }: Order, deadlineAt: number): Promise<void> {
      await http.request({
        name: 'catalog.release',
        method: 'DELETE',
        path: path(orderId),
        route,
        deadlineAt,
        replies: { 200: ReservationReleased },
      });
    },
  };
}
