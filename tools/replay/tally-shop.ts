import { FILE_CURRENCY } from './money.ts';
import type { Placed } from './orders.ts';
import { nothing, plus, type Sum } from './sum.ts';

/** What the shop says of the orders: summed from its answers alone. */
export type ShopTally = {
  confirmed: Sum;
  cancelled: Sum;
  /** Those of the cancelled ones that a later invoice of the file cancels: an earlier, longer run has done it. */
  cancelledLater: Sum;
  /** Orders that an earlier run had placed. */
  already: number;
  /** Orders that are not as the file has them, one sentence each. */
  faults: string[];
};

/** `invoices`: how many of the file are replayed. */
export function tallyShop(placed: readonly Placed[], invoices: number): ShopTally {
  const tally: ShopTally = { confirmed: nothing, cancelled: nothing, cancelledLater: nothing, already: 0, faults: [] };
  for (const one of placed) {
    const { invoice, idempotencyKey, cancelledBy } = one.planned;
    if (one.already) tally.already += 1;
    const fault = faultOf(one, invoices);
    if (fault) tally.faults.push(`invoice ${invoice.invoiceNo} (${idempotencyKey}): ${fault}`);
    if (!('order' in one)) continue;

    const { status, lines, total } = one.order;
    const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    const sum = { count: 1, units, amountMinor: total?.currency === FILE_CURRENCY ? total.amountMinor : 0 };
    if (status === 'confirmed' || status === 'cancelled') tally[status] = plus(tally[status], sum);
    if (status === 'cancelled' && cancelledBy && cancelledBy.index >= invoices) {
      tally.cancelledLater = plus(tally.cancelledLater, sum);
    }
  }
  return tally;
}

function faultOf(placed: Placed, invoices: number): string | undefined {
  if (!('order' in placed)) return `the shop refuses it, ${placed.refusal}`;
  const { cancelledBy, amountMinor, lines } = placed.planned;
  const { status, reason, total } = placed.order;
  if (status !== 'confirmed' && status !== 'cancelled') return `it is ${status}${reason ? `, ${reason}` : ''}`;
  if (status === 'cancelled' && !cancelledBy) return 'it is cancelled in the shop, but not in the file';
  if (status === 'confirmed' && cancelledBy && cancelledBy.index < invoices) return 'it was to be cancelled';
  if (total?.currency !== FILE_CURRENCY || total.amountMinor !== amountMinor) {
    return `its total is ${total?.currency} ${total?.amountMinor} and should be ${FILE_CURRENCY} ${amountMinor}`;
  }
  return namesOf(placed.order.lines) === namesOf(lines) ? undefined : 'it has other lines';
}

function namesOf(lines: readonly { sku: string; quantity: number }[]): string {
  return JSON.stringify(lines.map(({ sku, quantity }) => `${quantity} ${sku}`).sort());
}
