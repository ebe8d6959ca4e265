import { OrderId } from '@shop/contracts/order';
import { Value } from 'typebox/value';
import type { Charge } from './charge.ts';
import type { Findings } from './findings.ts';
import type { GatewayLedger } from './gateway-ledger.ts';
import type { ReservationItem } from './items.ts';
import { type Difference, type DifferenceKind, keepsMoney, surplusCharge, withoutRepair } from './judge-order.ts';
import type { Pause } from './pause.ts';
import type { Repair } from './repair.ts';
import { reread } from './reread.ts';
import type { ShopTables } from './shop-tables.ts';

export type OrphanCheck = {
  tables: ShopTables;
  ledger: GatewayLedger;
  findings: Findings;
  repair: Repair;
  pause: Pause;
};

/** Reservations of no order. An order is written first and never deleted, so what has none is wrong at any moment. */
export async function checkReservations(check: OrphanCheck, alsoSee: (page: ReservationItem[]) => void): Promise<void> {
  for await (const page of check.tables.reservations(check.tables.pageSize)) {
    alsoSee(page);
    check.findings.checked('reservations', page.length);
    await reportOrphans(
      check,
      new Map(page.map((item) => [item.orderId, [orphan('reservation-orphan', item.status)]])),
    );
  }
}

/** Payments of no order. */
export async function checkPayments(check: OrphanCheck): Promise<void> {
  for await (const page of check.tables.payments()) {
    check.findings.checked('payments', page.length);
    await reportOrphans(check, new Map(page.map(({ orderId }) => [orderId, [orphan('payment-orphan', 'payment')]])));
  }
}

/** Charges that keep money for no order; those of an order are judged with it. */
export async function checkLedger(check: OrphanCheck): Promise<void> {
  for await (const page of check.ledger.pages()) {
    check.findings.checked('charges', page.length);
    const byReference = Map.groupBy(page.filter(keepsMoney), ({ reference }: Charge) => reference);
    await reportOrphans(check, new Map([...byReference].map(([id, charges]) => [id, charges.map(strayCharge)])));
  }
}

/** A reference that cannot be an order of ours may belong to somebody else who uses the gateway: reported, never refunded. */
function strayCharge(charge: Charge): Difference {
  const surplus = surplusCharge(charge);
  return Value.Check(OrderId, charge.reference) ? surplus : withoutRepair(surplus);
}

/** Reports the differences of those subjects that have no order. */
async function reportOrphans(
  { tables, repair, pause }: OrphanCheck,
  subjects: Map<string, Difference[]>,
): Promise<void> {
  const withoutOrder = async (ids: readonly string[]) => {
    const orders = await tables.findOrders(ids);
    return ids.filter((id) => !orders.has(id));
  };
  const look = async (ids: readonly string[]) =>
    new Map((await withoutOrder(ids)).map((id) => [id, { differences: subjects.get(id) ?? [], state: 'no order' }]));
  const { standing } = await reread(await withoutOrder([...subjects.keys()]), look, pause);
  for (const [id, differences] of standing) {
    for (const difference of differences) await repair(id, difference);
  }
}

function orphan(kind: DifferenceKind, detail: string): Difference {
  return { kind, detail };
}
