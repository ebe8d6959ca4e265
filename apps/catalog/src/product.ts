import type { Product, ProductInput, ProductSummary } from '@shop/contracts/product';

/** A product as stored: what the public sees, and whether it is for sale and how often it was changed. */
export type StoredProduct = Product & {
  /** False after a DELETE. The row stays, because units of it may be held or sold. */
  active: boolean;
  /** Counts changes by the admin. Stock moves leave it alone. */
  version: number;
};

export const priceDigits = 10;

/** Where the product stands in each listing of its category; the SKU keeps equal names and prices apart. */
export function listingPositions(sku: string, { name, price }: Pick<ProductInput, 'name' | 'price'>) {
  return {
    namePosition: `${name}#${sku}`,
    pricePosition: `${String(price.amountMinor).padStart(priceDigits, '0')}#${sku}`,
  };
}

/** No SKU contains `#`, so the last one ends the name or the price. */
export function skuAt(position: string): string {
  return position.slice(position.lastIndexOf('#') + 1);
}

/** Stock is part of the tag, so that a reader sees a sale as a change; writers compare the version alone. */
export function etagOf({ version, available }: Pick<StoredProduct, 'version' | 'available'>): string {
  return `"${version}-${available}"`;
}

export function publicProduct({
  sku,
  name,
  description,
  category,
  price,
  available,
  received,
}: StoredProduct): Product {
  return { sku, name, description, category, price, available, received };
}

export function summaryOf({ sku, name, category, price }: ProductSummary): ProductSummary {
  return { sku, name, category, price };
}
