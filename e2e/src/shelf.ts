import { randomUUID } from 'node:crypto';
import type { Problem } from '@shop/contracts/problem';
import type { Product, ProductInput } from '@shop/contracts/product';
import type { Answer } from './customer.ts';
import type { TokenSource } from './token-source.ts';

type Send = <T>(method: string, path: string, headers: object, body?: unknown) => Promise<Answer<T>>;
type ProductOrProblem = Product & Omit<Problem, 'status'>;

/** Every run's products are in this one, because a category stays listed for good. */
export const CATEGORY = 'end-to-end';

const product: ProductInput = {
  name: 'A product of the end-to-end tests',
  description: '',
  category: CATEGORY,
  price: { amountMinor: 250, currency: 'GBP' },
  received: 10,
};

/** An administrator's hands: products of this run's own, which go when it ends. */
export function createShelf(send: Send, tokens: TokenSource) {
  const skus: string[] = [];
  const headers = async (condition: object) => ({
    authorization: `Bearer ${await tokens.token('admin', { admin: true })}`,
    ...condition,
  });

  async function put(sku: string, changes: Partial<ProductInput>, condition: object) {
    return send<ProductOrProblem>('PUT', `/v1/products/${sku}`, await headers(condition), { ...product, ...changes });
  }

  async function remove(sku: string, condition: object) {
    return send<ProductOrProblem>('DELETE', `/v1/products/${sku}`, await headers(condition));
  }

  return {
    put,
    remove,
    /** A new product; its SKU. */
    async add(changes: Partial<ProductInput> = {}): Promise<string> {
      const sku = `E2E-${randomUUID()}`;
      skus.push(sku);
      const { status, body } = await put(sku, changes, { 'if-none-match': '*' });
      if (status !== 201) throw new Error(`${sku} was not created: ${status} ${JSON.stringify(body)}`);
      return sku;
    },
    /** Takes all of them out of the shop again. */
    async clear(): Promise<void> {
      for (const sku of skus.splice(0)) {
        const { status } = await remove(sku, { 'if-match': '*' });
        // A test may have removed it already.
        if (status !== 204 && status !== 404) throw new Error(`${sku} was not removed: ${status}`);
      }
    },
  };
}
