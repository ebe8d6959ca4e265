import type { Findings } from './findings.ts';
import type { GatewayLedger } from './gateway-ledger.ts';
import type { OrderItem } from './items.ts';
import { type Difference, judgeOrder, type Snapshot } from './judge-order.ts';
import { mapParallel } from './map-parallel.ts';
import type { Pause } from './pause.ts';
import type { Repair } from './repair.ts';
import { reread, type Sighting } from './reread.ts';
import type { ShopTables } from './shop-tables.ts';

/** Requests to the gateway at a time. */
const LOOKUPS = 16;

export type OrderCheck = {
  tables: ShopTables;
  ledger: GatewayLedger;
  findings: Findings;
  repair: Repair;
  pause: Pause;
  startedAt: number;
  openLimitMs: number;
  now: () => number;
};

/** Holds every order against its reservation, its payment and its charges; a page at a time, and nothing is kept of it. */
export async function checkOrders({ tables, ledger, findings, repair, pause, ...rest }: OrderCheck): Promise<void> {
  const { startedAt, openLimitMs, now } = rest;
  for await (const page of tables.orders()) {
    const orders = page.filter(({ createdAt }) => createdAt <= startedAt);
    findings.checked('orders', orders.length);
    findings.leftOut(page.length - orders.length);
    for (const { status, total } of orders) if (status === 'confirmed' && total) findings.confirmed(total);

    const sightings = await lookAt(orders);
    const suspects = [...sightings].filter(([, { differences }]) => differences.length > 0).map(([orderId]) => orderId);
    const { standing, undecided } = await reread(suspects, lookAgain, pause);
    for (const [id, differences] of standing) {
      for (const difference of differences) await repair(id, difference);
    }
    for (const [id, differences] of undecided) {
      for (const { kind, detail } of differences) findings.undecided({ kind, id, detail });
    }
  }

  async function lookAgain(orderIds: readonly string[]) {
    return await lookAt([...(await tables.findOrders(orderIds)).values()]);
  }

  async function lookAt(orders: readonly OrderItem[]): Promise<Map<string, Sighting<Difference>>> {
    const ids = orders.map(({ orderId }) => orderId);
    const [reservations, payments, charges] = await Promise.all([
      tables.findReservations(ids),
      tables.findPayments(ids),
      mapParallel(ids, LOOKUPS, ledger.chargesOf),
    ]);
    return new Map(
      orders.map((order, index) => {
        const [reservation, payment] = [reservations.get(order.orderId), payments.get(order.orderId)];
        const snapshot: Snapshot = {
          order,
          ...(reservation && { reservation }),
          ...(payment && { payment }),
          charges: charges[index] ?? [],
        };
        return [
          order.orderId,
          { differences: judgeOrder(snapshot, { now: now(), openLimitMs }), state: stateOf(snapshot) },
        ];
      }),
    );
  }
}

/**
 * Everything that the judgement rests on and that can move. Recovery leases an open order again and again, which says
 * nothing about its age, so the version of an open order is left aside.
 */
function stateOf({ order, reservation, payment, charges }: Snapshot): string {
  const isOpen = order.openSince !== undefined;
  return JSON.stringify([
    isOpen ? order.openSince : [order.version, reservation?.version, payment?.version],
    charges.map(({ chargeId, status, refundedMinor }) => [chargeId, status, refundedMinor]),
  ]);
}
