import type { Invoice, Line } from './invoices.ts';

/** Goods that a later cancellation of the file takes back from one sale. */
export type TakenBack = { cancellation: Invoice; lines: Line[] };

/** Why a line of a cancellation is not replayed. It names no sale, so one is looked for among those before it. */
export const unmatchedReasons = {
  'no-customer': 'no customer',
  'never-bought': 'never bought earlier in the file',
  'other-price': 'bought at other prices only',
  'too-many': 'more units than one earlier sale has left',
} as const;
export type UnmatchedReason = keyof typeof unmatchedReasons;
export type UnmatchedLine = { cancellation: Invoice; line: Line; reason: UnmatchedReason };

export type Matches = { takenBack: Map<Invoice, TakenBack[]>; unmatched: UnmatchedLine[] };

/**
 * Finds for each cancelled line the latest earlier sale to the same customer that has as many units of the product, at the
 * same price, left. The shop cancels whole orders, so the plan makes an order of its own of what is taken back.
 */
export function matchCancellations(invoices: readonly Invoice[]): Matches {
  const matches: Matches = { takenBack: new Map(), unmatched: [] };
  const salesOf = new Map<string, Sale[]>();
  for (const invoice of invoices) {
    const sales = salesOf.get(invoice.customerId) ?? [];
    if (invoice.kind === 'sale') {
      sales.unshift({ invoice, left: new Map(invoice.lines.map((line) => [goodsOf(line), line.quantity])) });
      salesOf.set(invoice.customerId, sales);
    } else if (invoice.kind === 'cancellation') {
      for (const line of invoice.lines) matchLine(invoice, line, sales, matches);
    }
  }
  return matches;
}

/** A sale and the units of each of its lines that no cancellation has taken back yet. */
type Sale = { invoice: Invoice; left: Map<string, number> };

function matchLine(cancellation: Invoice, line: Line, salesLatestFirst: readonly Sale[], matches: Matches): void {
  const goods = goodsOf(line);
  const sale = salesLatestFirst.find(({ left }) => (left.get(goods) ?? 0) >= line.quantity);
  if (!sale) {
    matches.unmatched.push({ cancellation, line, reason: reasonOf(cancellation, line, salesLatestFirst) });
    return;
  }
  sale.left.set(goods, (sale.left.get(goods) ?? 0) - line.quantity);
  const taken = matches.takenBack.get(sale.invoice) ?? [];
  matches.takenBack.set(sale.invoice, taken);
  const together = taken.find((other) => other.cancellation === cancellation);
  if (together) together.lines.push(line);
  else taken.push({ cancellation, lines: [line] });
}

function reasonOf(cancellation: Invoice, line: Line, sales: readonly Sale[]): UnmatchedReason {
  if (cancellation.customerId.startsWith('guest-')) return 'no-customer';
  const bought = sales.flatMap(({ invoice }) => invoice.lines).filter(({ sku }) => sku === line.sku);
  if (bought.length === 0) return 'never-bought';
  return bought.some(({ priceMinor }) => priceMinor === line.priceMinor) ? 'too-many' : 'other-price';
}

function goodsOf({ sku, priceMinor }: Line): string {
  return `${sku} ${priceMinor}`;
}
