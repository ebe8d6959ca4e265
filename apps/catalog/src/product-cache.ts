import { LRUCache } from 'lru-cache';
import type { StoredProduct } from './product.ts';

type Entry = { product: Promise<StoredProduct | undefined>; freshUntil: number };

export type ProductCacheOptions = {
  /** How old an answer may be. Its age counts from the moment the read was sent, not from its arrival. */
  freshMs?: number;
  /** The same for "there is no such product": short, because a new product is looked at first by who made it. */
  absentMs?: number;
  maxEntries?: number;
  /** Milliseconds of a clock that is never set back, else an entry would outlive its second. */
  now?: () => number;
};

export type ProductCache = ReturnType<typeof createProductCache>;

/**
 * Products as they were at most a second ago. Callers that ask for the same product at once share one read, so `readMany`
 * has to be a consistent read with a deadline of its own: the deadline of the first caller must not fail the others.
 * Prices from here are checked by the transaction that uses them; stock from here is for display only.
 */
export function createProductCache(
  readMany: (skus: readonly string[]) => Promise<ReadonlyMap<string, StoredProduct>>,
  { freshMs = 1000, absentMs = 200, maxEntries = 10_000, now = () => performance.now() }: ProductCacheOptions = {},
) {
  const entries = new LRUCache<string, Entry>({ max: maxEntries });

  return {
    async get(sku: string): Promise<StoredProduct | undefined> {
      const askedAt = now();
      return freshIn(sku, askedAt) ?? remember(sku, readMany([sku]), askedAt);
    },

    /** All that are not fresh are read together. */
    async getMany(skus: readonly string[]): Promise<Map<string, StoredProduct | undefined>> {
      const askedAt = now();
      const fresh = new Map(skus.map((sku) => [sku, freshIn(sku, askedAt)]));
      const missing = skus.filter((sku) => !fresh.get(sku));
      const reading = missing.length > 0 ? readMany(missing) : undefined;
      const products = skus.map(async (sku) => {
        const product = fresh.get(sku) ?? (reading && remember(sku, reading, askedAt));
        return [sku, await product] as const;
      });
      return new Map(await Promise.all(products));
    },

    /** After a change: a read that is still under way does not bring the old state back. */
    forget(sku: string): void {
      entries.delete(sku);
    },
  };

  function freshIn(sku: string, askedAt: number): Promise<StoredProduct | undefined> | undefined {
    const entry = entries.get(sku);
    return entry && askedAt < entry.freshUntil ? entry.product : undefined;
  }

  function remember(sku: string, reading: Promise<ReadonlyMap<string, StoredProduct>>, askedAt: number) {
    const product = reading.then((products) => products.get(sku));
    const entry = { product, freshUntil: askedAt + freshMs };
    entries.set(sku, entry);
    product.then(
      (found) => {
        if (!found) entry.freshUntil = askedAt + absentMs;
      },
      () => {
        if (entries.peek(sku) === entry) entries.delete(sku);
      },
    );
    return product;
  }
}
