import type { Invoice, Line } from './invoices.ts';
import { matchCancellations, type UnmatchedLine } from './match-cancellations.ts';

const MAX_ORDER_LINES = 99;
const MAX_LINE_QUANTITY = 10_000;

/** One order to place: at most 99 lines, each SKU once, at most 10,000 units a line. */
export type PlannedOrder = {
  invoice: Invoice;
  customerId: string;
  /** The same for the same file, so that a second run places nothing twice. */
  idempotencyKey: string;
  lines: Line[];
  units: number;
  amountMinor: number;
  /** The cancellation of the file that takes the whole order back. */
  cancelledBy?: Invoice;
};

export type Plan = { orders: PlannedOrder[]; unmatched: UnmatchedLine[] };

/**
 * Plans the whole file, in file order. A sale becomes one order; or several, where it has two prices for one SKU, too many
 * lines or units, or goods that a later cancellation takes back, because the shop cancels whole orders only.
 */
export function planOrders(invoices: readonly Invoice[]): Plan {
  const { takenBack, unmatched } = matchCancellations(invoices);
  const orders = invoices
    .filter(({ kind }) => kind === 'sale')
    .flatMap((invoice) => {
      const taken = takenBack.get(invoice) ?? [];
      const kept = packLines(
        without(
          invoice.lines,
          taken.flatMap(({ lines }) => lines),
        ),
      );
      const parts = [
        ...kept.map((lines) => ({ lines })),
        ...taken.flatMap(({ cancellation, lines }) =>
          packLines(lines).map((part) => ({ lines: part, cancelledBy: cancellation })),
        ),
      ];
      return parts.map((part, index) => plannedOrder(invoice, index + 1, part));
    });
  return { orders, unmatched };
}

function plannedOrder(
  invoice: Invoice,
  part: number,
  { lines, ...rest }: Pick<PlannedOrder, 'lines' | 'cancelledBy'>,
): PlannedOrder {
  return {
    invoice,
    customerId: invoice.customerId,
    idempotencyKey: `replay:${invoice.invoiceNo}:${part}`,
    lines,
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    amountMinor: lines.reduce((sum, { quantity, priceMinor }) => sum + quantity * priceMinor, 0),
    ...rest,
  };
}

/** Puts each line into the first order that has room and not this SKU yet. */
export function packLines(lines: readonly Line[]): Line[][] {
  const orders: { lines: Line[]; skus: Set<string> }[] = [];
  for (const line of lines.flatMap(splitQuantity)) {
    let order = orders.find(({ lines, skus }) => lines.length < MAX_ORDER_LINES && !skus.has(line.sku));
    if (!order) {
      order = { lines: [], skus: new Set() };
      orders.push(order);
    }
    order.lines.push(line);
    order.skus.add(line.sku);
  }
  return orders.map(({ lines }) => lines);
}

function splitQuantity(line: Line): Line[] {
  if (line.quantity <= MAX_LINE_QUANTITY) return [line];
  const rest = { ...line, quantity: line.quantity - MAX_LINE_QUANTITY };
  return [{ ...line, quantity: MAX_LINE_QUANTITY }, ...splitQuantity(rest)];
}

function without(lines: readonly Line[], taken: readonly Line[]): Line[] {
  return lines
    .map((line) => {
      const gone = taken.filter(({ sku, priceMinor }) => sku === line.sku && priceMinor === line.priceMinor);
      return { ...line, quantity: line.quantity - gone.reduce((sum, { quantity }) => sum + quantity, 0) };
    })
    .filter(({ quantity }) => quantity > 0);
}
