import type { PricedLine, RequestedLine } from '@shop/contracts/order';
import type { RefusalReason, ShortLine } from '@shop/contracts/reservation';
import type { StoredProduct } from './product.ts';

/** Why an order's lines cannot be held, and which of them. */
export type Objection = { reason: RefusalReason; shortLines: ShortLine[] };

/** Products by SKU; an unknown one is undefined. */
export type ProductsBySku = ReadonlyMap<string, StoredProduct | undefined>;

/**
 * The lines at the products' prices, or what speaks against them whatever the stock: a product that is unknown or deleted,
 * prices in two currencies.
 */
export function quote(lines: readonly RequestedLine[], products: ProductsBySku): PricedLine[] | Objection {
  const priced: PricedLine[] = [];
  const notForSale: ShortLine[] = [];
  for (const line of lines) {
    const product = products.get(line.sku);
    if (product?.active) priced.push({ sku: line.sku, quantity: line.quantity, price: product.price });
    else notForSale.push(short(line, 0));
  }
  if (notForSale.length > 0) return { reason: 'not_for_sale', shortLines: notForSale };
  const currencies = new Set(priced.map(({ price }) => price.currency));
  return currencies.size > 1 ? { reason: 'mixed_currency', shortLines: [] } : priced;
}

/** What speaks against the lines in the products that a transaction refused, as they were at that moment. */
export function shortfallIn(lines: readonly RequestedLine[], refused: ProductsBySku): Objection | undefined {
  const concerned = lines.filter(({ sku }) => refused.has(sku));
  const shortLines = concerned
    .map((line) => short(line, unitsLeft(refused.get(line.sku))))
    .filter(({ requested, available }) => available < requested);
  if (shortLines.length === 0) return undefined;
  const notForSale = concerned.some(({ sku }) => !refused.get(sku)?.active);
  return { reason: notForSale ? 'not_for_sale' : 'out_of_stock', shortLines };
}

function unitsLeft(product: StoredProduct | undefined): number {
  return product?.active ? product.available : 0;
}

function short({ sku, quantity }: RequestedLine, available: number): ShortLine {
  return { sku, requested: quantity, available };
}
