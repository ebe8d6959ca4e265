import PQueue from 'p-queue';
import { cancelOrder, findOrder, type Placed, placeOrder, type ShopPorts } from './orders.ts';
import type { PlannedOrder } from './plan.ts';
import { createPriceQueue, type Place } from './price-queue.ts';
import type { Products } from './products.ts';

export type Work = { ports: ShopPorts; concurrency: number; tick: () => void };

/**
 * Places every order, at most `concurrency` at a time. All of them take their places in the price queues at the start, in
 * file order; one that waits for its prices takes nobody's turn at the shop.
 */
export async function placeAll(
  orders: readonly PlannedOrder[],
  { ports, concurrency, tick, products }: Work & { products: Products },
): Promise<Placed[]> {
  const work = new PQueue({ concurrency });
  const prices = createPriceQueue(products.setPrice);
  return await allOrNone(
    orders.map(async (planned) => {
      const placed = await placeOne(planned, prices.enter(planned.lines));
      tick();
      return placed;
    }),
    work,
  );

  async function placeOne(planned: PlannedOrder, place: Place): Promise<Placed> {
    try {
      // An order that stands already needs no prices: they may be others by now.
      const standing = await work.add(() => findOrder(planned, ports));
      if (standing) return standing;
      await place.begins;
      // Before the look-ups of orders further down the file, which wait for this one's prices anyway.
      const options = { priority: 1 };
      return await work.add(async () => {
        await place.setPrices();
        return await placeOrder(planned, ports);
      }, options);
    } finally {
      place.leave();
    }
  }
}

/** Cancels those of the placed orders that are to be, and gives all of them as they are then. */
export async function cancelAll(
  placed: readonly Placed[],
  isToCancel: (placed: Placed) => boolean,
  { ports, concurrency, tick }: Work,
): Promise<Placed[]> {
  const work = new PQueue({ concurrency });
  return await allOrNone(
    placed.map(async (one) => {
      if (!isToCancel(one)) return one;
      const cancelled = await work.add(() => cancelOrder(one.planned, ports));
      tick();
      return { ...cancelled, already: one.already };
    }),
    work,
  );
}

/** The first failure stops what has not begun yet. */
async function allOrNone<Result>(results: Promise<Result>[], work: PQueue): Promise<Result[]> {
  try {
    return await Promise.all(results);
  } catch (error) {
    work.clear();
    throw error;
  }
}
