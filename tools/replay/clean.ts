import type { Row } from './csv.ts';
import { minorUnits } from './money.ts';
import { parseQuantity } from './quantity.ts';

/** Why a row is not replayed. A row falls under the first that fits; the report counts each. */
export const leftOutRules = {
  malformed: 'no invoice number, a quantity that is no whole number, or a price that is no number',
  document: 'neither a sale (digits) nor a cancellation (C and digits)',
  'not-goods': 'codes that are no goods: postage, fees, discounts',
  sign: 'stock adjustments: wrong sign for their invoice',
  'no-price': 'price of zero or less',
  fraction: 'price that is no whole number of pence',
  limit: 'price or quantity beyond what the shop takes',
} as const;
export type LeftOutRule = keyof typeof leftOutRules;

/** A row worth replaying. `quantity` is positive for a cancellation too. */
export type CleanRow = {
  invoiceNo: string;
  kind: 'sale' | 'cancellation';
  customerId: string;
  sku: string;
  name: string;
  quantity: number;
  priceMinor: number;
};

/** A row that is left out, with the units and the money it stands for in the file; 0 where these cannot be read. */
export type LeftOutRow = { invoiceNo: string; leftOut: LeftOutRule; units: number; amountMinor: number };

const NOT_GOODS = new Set(['POST', 'D', 'DOT', 'C2', 'M', 'S', 'B', 'CRUK', 'PADS', 'AMAZONFEE', 'BANK CHARGES']);
const GOODS = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const MAX_ROW_QUANTITY = 1_000_000;
const MAX_PRICE_MINOR = 1_000_000_000;

/** Applies the rules above to one row. SKUs keep their case: 40321A and 40321a are two products. */
export function cleanRow(row: Row): CleanRow | LeftOutRow {
  const { InvoiceNo: invoiceNo, StockCode: sku } = row;
  const quantity = parseQuantity(row.Quantity);
  const price = minorUnits(row.UnitPrice);
  const readable = quantity !== undefined && typeof price === 'number';
  const worth = readable ? { units: quantity, amountMinor: quantity * price } : { units: 0, amountMinor: 0 };
  const leftOut = (rule: LeftOutRule): LeftOutRow => ({ invoiceNo, leftOut: rule, ...worth });

  if (!invoiceNo || quantity === undefined || price === 'malformed') return leftOut('malformed');
  const kind = kindOf(invoiceNo);
  if (!kind) return leftOut('document');
  if (isNotGoods(sku)) return leftOut('not-goods');
  if (kind === 'sale' ? quantity <= 0 : quantity >= 0) return leftOut('sign');
  if (price === 'fraction') return leftOut('fraction');
  if (price <= 0) return leftOut('no-price');
  if (price > MAX_PRICE_MINOR || Math.abs(quantity) > MAX_ROW_QUANTITY) return leftOut('limit');
  const customerId = row.CustomerID || `guest-${invoiceNo}`;
  return { invoiceNo, kind, customerId, sku, name: row.Description, quantity: Math.abs(quantity), priceMinor: price };
}

function kindOf(invoiceNo: string): CleanRow['kind'] | undefined {
  if (/^\d+$/.test(invoiceNo)) return 'sale';
  return /^C\d+$/.test(invoiceNo) ? 'cancellation' : undefined;
}

function isNotGoods(code: string): boolean {
  return !GOODS.test(code) || NOT_GOODS.has(code.toUpperCase()) || code.startsWith('gift_');
}
