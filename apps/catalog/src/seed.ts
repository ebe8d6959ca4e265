import type { ProductStore } from './product-store.ts';
import { sampleProducts } from './sample-products.ts';

/** Creates the sample products that are missing, and gives their number. One that was changed, sold or deleted stays so. */
export async function seedProducts(products: ProductStore, deadlineAt: number): Promise<number> {
  const skus = sampleProducts.map(({ sku }) => sku);
  const known = await products.readMany(skus, deadlineAt);
  let created = 0;
  for (const { sku, input } of sampleProducts) {
    if (known.has(sku)) continue;
    const change = await products.create(sku, input, deadlineAt);
    if (change.written) created += 1;
  }
  return created;
}
