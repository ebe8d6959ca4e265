import { RefusalReason } from '@shop/contracts/reservation';
import { Counter, type Registry } from 'prom-client';
import type { Released } from './release.ts';

/** `repeated` was settled by an earlier request; `fenced` gave nothing back, but nothing can be held any more. */
export type ReservationOutcome = 'held' | 'other_lines' | `refused_${RefusalReason}` | Released;

const outcomes: readonly ReservationOutcome[] = [
  'held',
  'other_lines',
  ...RefusalReason.enum.map((reason) => `refused_${reason}` as const),
  'returned',
  'fenced',
  'repeated',
];

export type CatalogMetrics = ReturnType<typeof createCatalogMetrics>;

/** What becomes of requests to hold stock and to give it back. */
export function createCatalogMetrics(registry: Registry) {
  const reservations = new Counter({
    name: 'reservations_total',
    help: 'Requests to hold stock or to give it back, by outcome.',
    labelNames: ['outcome'] as const,
    registers: [registry],
  });
  // A series that begins at 1 has no increase: the first refusal would be missing in every rate.
  for (const outcome of outcomes) reservations.inc({ outcome }, 0);
  return {
    countReservation: (outcome: ReservationOutcome) => reservations.inc({ outcome }),
  };
}
