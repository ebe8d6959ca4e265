import { ProblemError } from '@shop/contracts/problem';
import type { ProductInput } from '@shop/contracts/product';
import { preconditionFailed, productNotFound, stockTooLow } from './errors.ts';
import { type Expectation, meets } from './preconditions.ts';
import type { StoredProduct } from './product.ts';
import type { ProductStore } from './product-store.ts';

/** Creates, changes or revives a product, if it is in the state that the writer expects. */
export async function saveProduct(
  { sku, input, expected }: { sku: string; input: ProductInput; expected: Expectation },
  products: ProductStore,
  deadlineAt: number,
): Promise<{ created: boolean; product: StoredProduct }> {
  for (;;) {
    const seen = await products.read(sku, deadlineAt);
    if (!meets(seen, expected)) throw new ProblemError(preconditionFailed);
    const change = await (seen ? products.revise(seen, input, deadlineAt) : products.create(sku, input, deadlineAt));
    if (change.written) return { created: !seen?.active, product: change.product };
    if (change.stored && change.stored.version === seen?.version) throw tooLow(change.stored);
    // Somebody else's change came first: the expectation is judged again, by what is there now.
  }
}

/** Takes a product out of the shop. What is held of it stays held. */
export async function retireProduct(
  { sku, expected }: { sku: string; expected: Expectation },
  products: ProductStore,
  deadlineAt: number,
): Promise<void> {
  for (;;) {
    const seen = await products.read(sku, deadlineAt);
    if (!seen?.active) throw new ProblemError(productNotFound);
    if (!meets(seen, expected)) throw new ProblemError(preconditionFailed);
    if ((await products.retire(seen, deadlineAt)).written) return;
  }
}

function tooLow({ received, available }: StoredProduct): ProblemError {
  return new ProblemError(stockTooLow, { detail: `${received - available} units are held or sold.` });
}
