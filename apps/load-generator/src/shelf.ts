import type { ProductInput } from '@shop/contracts/product';
import type { GiveToken } from './issuer-client.ts';
import type { ShopClient } from './shop-client.ts';

/** What is read and ordered. */
export type Shelf = { category: string; skus: readonly string[] };

const category = 'load';
/** So many that orders of one moment seldom meet at one product. */
const skus = Array.from({ length: 32 }, (_, index) => `LOAD-${index + 1}`);
const product: Omit<ProductInput, 'name'> = {
  description: 'Bought by the load generator.',
  category,
  price: { amountMinor: 100, currency: 'GBP' },
  received: 1_000_000_000,
};

/** Products that never run out, made unless they are there. A load that found empty shelves would prove nothing. */
export async function stockShelf(client: ShopClient, giveToken: GiveToken): Promise<Shelf> {
  const authorization = `Bearer ${await giveToken('load-admin', { admin: true })}`;
  for (const sku of skus) {
    const answer = await client.send({
      name: 'PUT /v1/products/{sku}',
      method: 'PUT',
      path: `/v1/products/${sku}`,
      headers: { authorization, 'if-none-match': '*' },
      body: { ...product, name: `Load ${sku}` },
      expected: [201, 412],
    });
    if (!answer) throw new Error('The shop did not take the products of the load generator.');
  }
  return { category, skus };
}
