import { type CleanRow, cleanRow, type LeftOutRow } from './clean.ts';
import type { Row } from './csv.ts';
import { minorUnits } from './money.ts';
import { parseQuantity } from './quantity.ts';
import { nothing, plus, type Sum } from './sum.ts';

/** So many units of one product at one price. */
export type Line = { sku: string; quantity: number; priceMinor: number };

/** One InvoiceNo of the file with its rows that can be replayed: rows of one code at one price are one line. */
export type Invoice = {
  invoiceNo: string;
  /** Position in the file, from 0. */
  index: number;
  kind: CleanRow['kind'] | 'nothing';
  customerId: string;
  lines: Line[];
  leftOut: LeftOutRow[];
  /** Everything that stands there, before any rule: rows, units and money. */
  written: Sum;
  /** Rows that repeated a code at the same price and were added to its line. */
  merged: number;
};

/** What the file holds: every invoice in file order, and a name for each SKU. */
export type File = { invoices: Invoice[]; names: Map<string, string> };

/** Reads every row; rows of one invoice need not stand together. */
export async function readInvoices(rows: AsyncIterable<Row>): Promise<File> {
  const invoices = new Map<string, Invoice>();
  const names = new Map<string, string>();
  for await (const row of rows) {
    const cleaned = cleanRow(row);
    const invoice = invoices.get(cleaned.invoiceNo) ?? emptyInvoice(cleaned.invoiceNo, invoices.size);
    invoices.set(cleaned.invoiceNo, invoice);
    invoice.written = plus(invoice.written, writtenIn(row));
    if ('leftOut' in cleaned) invoice.leftOut.push(cleaned);
    else {
      addRow(invoice, cleaned);
      if (!names.get(cleaned.sku)) names.set(cleaned.sku, cleaned.name.slice(0, 200));
    }
  }
  return { invoices: [...invoices.values()], names };
}

function emptyInvoice(invoiceNo: string, index: number): Invoice {
  return { invoiceNo, index, kind: 'nothing', customerId: '', lines: [], leftOut: [], written: nothing, merged: 0 };
}

function addRow(invoice: Invoice, { kind, customerId, sku, quantity, priceMinor }: CleanRow): void {
  invoice.kind = kind;
  invoice.customerId ||= customerId;
  const same = invoice.lines.find((line) => line.sku === sku && line.priceMinor === priceMinor);
  if (same) {
    same.quantity += quantity;
    invoice.merged += 1;
  } else invoice.lines.push({ sku, quantity, priceMinor });
}

function writtenIn({ Quantity, UnitPrice }: Row): Sum {
  const units = parseQuantity(Quantity);
  const price = minorUnits(UnitPrice);
  if (units === undefined || typeof price !== 'number') return { count: 1, units: 0, amountMinor: 0 };
  return { count: 1, units, amountMinor: units * price };
}
