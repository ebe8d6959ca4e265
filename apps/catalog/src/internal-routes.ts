import { OrderId } from '@shop/contracts/order';
import { ProblemError } from '@shop/contracts/problem';
import { Reservation, ReservationInput, ReservationRefused, ReservationReleased } from '@shop/contracts/reservation';
import { type App, deadlineOf, invalidRequest } from '@shop/service';
import { Type } from 'typebox';
import type { CatalogMetrics } from './catalog-metrics.ts';
import { refusal, reservationDiffers } from './errors.ts';
import { release } from './release.ts';
import { type ReservePorts, reserve } from './reserve.ts';

export type InternalRoutesOptions = ReservePorts & { metrics: CatalogMetrics };

const tags = ['internal'];
const byOrder = Type.Object({ orderId: OrderId });
const refused = {
  description: 'Final: nothing is held for the order, and nothing will be.',
  content: { 'application/problem+json': { schema: ReservationRefused } },
};

/** What the order service asks for. Both are idempotent, and the order's id is the key. */
export async function internalRoutes(app: App, { metrics, ...ports }: InternalRoutesOptions) {
  app.put(
    '/internal/reservations/:orderId',
    {
      schema: {
        tags,
        summary: 'Hold stock for an order, all lines or none',
        params: byOrder,
        body: ReservationInput,
        response: { 200: Reservation, 409: refused },
      },
    },
    async (request) => {
      const { orderId } = request.params;
      const { lines } = request.body;
      lines.forEach(({ sku }, index) => {
        if (lines.findIndex((line) => line.sku === sku) !== index) {
          throw invalidRequest('body', `/lines/${index}/sku`, 'stands in an earlier line already');
        }
      });
      const reserved = await reserve({ orderId, lines }, ports, deadlineOf(request));
      switch (reserved.outcome) {
        case 'refused':
          metrics.countReservation(`refused_${reserved.reason}`);
          throw refusal(reserved.reason, reserved.shortLines);
        case 'other_lines':
          metrics.countReservation('other_lines');
          throw new ProblemError(reservationDiffers);
        default:
          metrics.countReservation(reserved.outcome);
          return { orderId, status: 'held' as const, lines: reserved.lines };
      }
    },
  );

  app.delete(
    '/internal/reservations/:orderId',
    {
      schema: {
        tags,
        summary: 'Give the stock of an order back, and hold none for it ever again',
        params: byOrder,
        response: { 200: ReservationReleased },
      },
    },
    async (request) => {
      const { orderId } = request.params;
      metrics.countReservation(await release(orderId, ports.reservations, deadlineOf(request)));
      return { orderId, status: 'released' as const };
    },
  );
}
