import type { ReservationItem } from './items.ts';

/**
 * What the reservations of one product come to. `moves` counts the steps they have made: none 0, held 1, released 2. A
 * reservation only ever goes forward, so an equal count at two times means that not one of them moved in between.
 */
export type Tally = { held: number; moves: number };

/** Sums per product, for all products or only some: the memory is that of the products, whatever the orders. */
export type HoldTally = {
  add(page: readonly ReservationItem[]): void;
  of(sku: string): Tally;
  skus(): Iterable<string>;
};

const DAY_S = 24 * 3600;

/**
 * Released reservations expire. One that may vanish within a day of the start was released weeks before it (the catalog
 * keeps them for 30 days), so it is never counted; any other cannot vanish while the job runs.
 */
export function createHoldTally({ startedAt, only }: { startedAt: number; only?: ReadonlySet<string> }): HoldTally {
  const tallies = new Map<string, Tally>();
  return {
    add(page) {
      for (const { status, lines, ttl } of page) {
        if (ttl !== undefined && ttl < startedAt / 1000 + DAY_S) continue;
        for (const { sku, quantity } of lines) {
          if (only && !only.has(sku)) continue;
          const tally = tallies.get(sku) ?? { held: 0, moves: 0 };
          tallies.set(sku, tally);
          tally.held += status === 'held' ? quantity : 0;
          tally.moves += status === 'held' ? 1 : 2;
        }
      }
    },
    of: (sku) => tallies.get(sku) ?? { held: 0, moves: 0 },
    skus: () => tallies.keys(),
  };
}
