import { type MoveName, moves, type Order } from '../../src/order.ts';
import type { OpenOrder, Saved } from '../../src/order-store.ts';
import type { Broken } from './mutants.ts';
import type { Effect, StoredOrder, World } from './world.ts';

/** The writes of the orders table under the conditions that order-store.ts sends to DynamoDB. */
export function ordersTable(broken: Broken) {
  const put = (world: World, order: StoredOrder): World => ({
    ...world,
    orders: { ...world.orders, [order.orderId]: order },
  });
  const isOwn = (stored: StoredOrder, wanted: StoredOrder) =>
    !broken.has('own write not recognised') && stored.writer === wanted.writer && stored.version === wanted.version;

  return {
    create:
      (order: StoredOrder): Effect<Saved> =>
      (world) => {
        const stored = world.orders[order.orderId];
        if (!stored || broken.has('order put without its condition'))
          return [put(world, order), { saved: true, order }];
        return [world, isOwn(stored, order) ? { saved: true, order } : { saved: false, order: seen(stored) }];
      },

    save:
      (name: string, order: StoredOrder): Effect<Saved> =>
      (world) => {
        const stored = world.orders[order.orderId];
        if (!stored) throw new Error('an order has vanished');
        const guarded = name in moves && 'unlessCancelled' in moves[name as MoveName];
        const fits =
          (stored.version === order.version - 1 || broken.has('order saved without its version')) &&
          (!guarded || !stored.cancelRequested || broken.has('cancellation ignored throughout'));
        const next = distorted(name, order, stored);
        if (fits) return [put(world, next), { saved: true, order: next }];
        return [world, isOwn(stored, order) ? { saved: true, order } : { saved: false, order: seen(stored) }];
      },

    lease:
      ({ orderId, dueAt }: OpenOrder, until: number, writer: string): Effect<Order | undefined> =>
      (world) => {
        const stored = world.orders[orderId];
        if (stored?.writer === writer) return [world, seen(stored)];
        const fits = stored?.dueAt === dueAt || broken.has('lease without the due time it saw');
        if (!stored?.dueAt || !fits) return [world, undefined];
        const leased = { ...stored, dueAt: until, attempt: stored.attempt + 1, version: stored.version + 1, writer };
        return [{ ...put(world, leased), leases: [...world.leases, `${orderId} due ${dueAt}`] }, seen(leased)];
      },

    get:
      (orderId: string): Effect<Order | undefined> =>
      (world) => {
        const stored = world.orders[orderId];
        return [world, stored && seen(stored)];
      },
  };

  function seen(order: StoredOrder): StoredOrder {
    const blind =
      broken.has('cancellation ignored at the start of a pass') || broken.has('cancellation ignored throughout');
    return blind ? without(order, 'cancelRequested') : order;
  }

  function distorted(name: string, order: StoredOrder, stored: StoredOrder): StoredOrder {
    if (name === 'decline' && broken.has('index left before the release is done')) return without(order, 'dueAt');
    if (broken.has('outcome not recorded')) return without(order, 'outcome');
    if (name === 'finish-refund' && broken.has('outcome recorded twice')) return { ...order, outcome: 'cancelled' };
    if (name === 'abandon' && broken.has('payment method dropped while a charge is open'))
      return without(order, 'paymentMethod');
    if (stored.paymentMethod && broken.has('payment method kept after closing'))
      return { ...order, paymentMethod: stored.paymentMethod };
    return order;
  }
}

function without(order: StoredOrder, name: keyof StoredOrder): StoredOrder {
  const { [name]: _, ...rest } = order;
  return rest as StoredOrder;
}
