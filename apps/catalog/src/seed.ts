import type { ProductStore } from './product-store.ts';
import { sampleProducts } from './sample-products.ts';

/** Creates the sample products that are missing, and gives their number. One that was changed, sold or deleted stays so. */
export async function seedProducts(products: ProductStore, deadlineAt: number): Promise<number> {
  const known = await products.readMany(
    sampleProducts.map(({ sku }) => sku),
    deadlineAt,
  );
  const missing = sampleProducts.filter(({ sku }) => !known.has(sku));
  const created = await Promise.all(missing.map(({ sku, input }) => products.create(sku, input, deadlineAt)));
  return created.filter(({ written }) => written).length;
}
