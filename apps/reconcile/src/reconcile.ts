import { checkOrders } from './check-orders.ts';
import { checkLedger, checkPayments, checkReservations } from './check-orphans.ts';
import { checkStock } from './check-stock.ts';
import { createFindings } from './findings.ts';
import type { GatewayLedger } from './gateway-ledger.ts';
import { createHoldTally } from './hold-tally.ts';
import type { Pause } from './pause.ts';
import { createRepair } from './repair.ts';
import type { Report } from './report.ts';
import type { ShopTables } from './shop-tables.ts';

export type ReconcileOptions = {
  tables: ShopTables;
  ledger: GatewayLedger;
  openLimitMs: number;
  /** Refund surplus charges. */
  repair?: boolean;
  pause: Pause;
  now?: () => number;
};

/**
 * Proves that stock, orders, payments and the gateway's money agree, or says where they do not. It may run while the shop
 * is at work: nothing is locked, an apparent difference is read again until it stands still, and orders placed since the
 * start are left to the next run. Memory holds one page and one pair of numbers per product.
 */
export async function reconcile({
  tables,
  ledger,
  openLimitMs,
  repair: enabled = false,
  pause,
  now = Date.now,
}: ReconcileOptions): Promise<Report> {
  const startedAt = now();
  const findings = createFindings();
  const repair = createRepair({ ledger, findings, enabled });
  const check = { tables, ledger, findings, repair, pause, startedAt, openLimitMs, now };

  const holds = createHoldTally({ startedAt });
  await checkReservations(check, holds.add);
  await checkStock(check, holds);
  await checkOrders(check);
  await checkPayments(check);
  await checkLedger(check);

  const summary = findings.summary();
  const outcome = summary.differences.count > 0 ? 'different' : summary.undecided.count > 0 ? 'undecided' : 'clean';
  return { outcome, startedAt: new Date(startedAt).toISOString(), durationMs: now() - startedAt, ...summary };
}
