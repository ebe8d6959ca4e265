import type { PricedLine, RequestedLine } from '@shop/contracts/order';
import type { ProductCache } from './product-cache.ts';
import type { ProductStore } from './product-store.ts';
import { type Objection, type ProductsBySku, quote, shortfallIn } from './quote.ts';
import type { Hold, ReservationStore, Tombstone } from './reservation-store.ts';

export type ReservePorts = { cache: ProductCache; products: ProductStore; reservations: ReservationStore };

/** `repeated`: an earlier request holds it. `other_lines`: stock is held for this order, but not these lines. */
export type Reserved =
  | { outcome: 'held' | 'repeated'; orderId: string; lines: PricedLine[] }
  | ({ outcome: 'refused' } & Objection)
  | { outcome: 'other_lines' };

/**
 * Holds all lines of an order at the present prices, or says why not, for good: a refusal is written down before it is
 * given, so that no other request for the order can still get the stock. Repeats get the first answer.
 *
 * Prices come from the cache, because the hold is made on the condition that they are still so; whether there is stock
 * only the hold itself decides. Contention and new prices never refuse: it tries again until the deadline.
 */
export async function reserve(
  { orderId, lines }: { orderId: string; lines: readonly RequestedLine[] },
  { cache, products, reservations }: ReservePorts,
  deadlineAt: number,
): Promise<Reserved> {
  const skus = lines.map(({ sku }) => sku);
  let seen: ProductsBySku = await cache.getMany(skus);
  for (;;) {
    let priced = quote(lines, seen);
    if ('reason' in priced) {
      // What the cache says may be a second old. Only the table can refuse.
      seen = await products.readMany(skus, deadlineAt);
      priced = quote(lines, seen);
    }
    if ('reason' in priced) return refuse(priced);
    const attempt = await reservations.hold(orderId, priced, deadlineAt);
    if (attempt.held) return { outcome: 'held', orderId, lines: priced };
    if (attempt.standing) return answerFrom(attempt.standing, lines);
    const shortfall = shortfallIn(lines, attempt.refused);
    if (shortfall) return refuse(shortfall);
    for (const sku of attempt.refused.keys()) cache.forget(sku);
    seen = new Map([...seen, ...attempt.refused]);
  }

  async function refuse(objection: Objection): Promise<Reserved> {
    return answerFrom(await reservations.fence(orderId, objection, deadlineAt), lines);
  }
}

function answerFrom(standing: Hold | Tombstone, lines: readonly RequestedLine[]): Reserved {
  if (standing.status === 'released') {
    return { outcome: 'refused', reason: standing.reason, shortLines: standing.shortLines };
  }
  if (!isSame(standing.lines, lines)) return { outcome: 'other_lines' };
  return { outcome: 'repeated', orderId: standing.orderId, lines: standing.lines };
}

/** The order of the lines does not matter. */
function isSame(held: readonly PricedLine[], lines: readonly RequestedLine[]): boolean {
  const quantities = new Map(held.map(({ sku, quantity }) => [sku, quantity]));
  return held.length === lines.length && lines.every(({ sku, quantity }) => quantities.get(sku) === quantity);
}
