import type { Product, ProductInput } from '@shop/contracts/product';
import PQueue from 'p-queue';
import { FILE_CURRENCY } from './money.ts';
import type { Answer, ShopClient } from './shop-client.ts';
import type { Tokens } from './tokens.ts';

export type Wanted = { sku: string; name: string; priceMinor: number; received: number };

export type Products = {
  /** The product is there, with a name and with at least as many units ever received; no number is ever lowered. */
  ensure(wanted: Wanted): Promise<void>;
  /** Only for a product that was ensured. */
  setPrice(sku: string, priceMinor: number): Promise<void>;
  /** How many products and prices were written. */
  written(): { created: number; changed: number };
};

export type ProductsOptions = { shop: ShopClient; tokens: Tokens; concurrency: number };

const CATEGORY = 'online-retail';
/** Another writer would have to come first this often in a row. */
const TRIES = 20;

/**
 * The products of the file, kept by the admin's route. Each write says which state it expects, so neither a repeated
 * request nor another writer does harm; what is right already is not written.
 */
export function createProducts({ shop, tokens, concurrency }: ProductsOptions): Products {
  const queue = new PQueue({ concurrency });
  const known = new Map<string, { input: ProductInput; etag: string }>();
  let [created, changed] = [0, 0];

  return {
    ensure: (wanted) => queue.add(() => write(wanted.sku, (seen) => wish(wanted, seen))),
    setPrice: (sku, priceMinor) =>
      queue.add(() =>
        write(sku, (seen) => {
          if (!seen) throw new Error(`product ${sku} is gone`);
          return seen.price.amountMinor === priceMinor ? undefined : { ...seen, price: priceOf(priceMinor) };
        }),
      ),
    written: () => ({ created, changed }),
  };

  /** Writes what `change` makes of the product as it is; nothing when it makes undefined. */
  async function write(sku: string, change: (seen?: ProductInput) => ProductInput | undefined): Promise<void> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const seen = known.get(sku) ?? (await read(sku));
      const input = change(seen?.input);
      if (!input) return;
      const answer = await shop.send<Product>({
        method: 'PUT',
        path: pathOf(sku),
        token: tokens.admin,
        headers: seen ? { 'if-match': seen.etag } : { 'if-none-match': '*' },
        body: input,
      });
      if (answer.status === 200 || answer.status === 201) {
        remember(sku, answer);
        if (seen) changed += 1;
        else created += 1;
        return;
      }
      known.delete(sku);
      if (answer.status !== 412) throw new Error(`product ${sku} cannot be written: ${JSON.stringify(answer.body)}`);
    }
    throw new Error(`product ${sku} is written by somebody else all the time`);
  }

  async function read(sku: string): Promise<{ input: ProductInput; etag: string } | undefined> {
    const answer = await shop.send<Product>({ method: 'GET', path: pathOf(sku) });
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw new Error(`product ${sku} cannot be read: ${JSON.stringify(answer.body)}`);
    return remember(sku, answer);
  }

  function remember(sku: string, { body, headers }: Answer<Product>): { input: ProductInput; etag: string } {
    const { name, description, category, price, received } = body;
    const product = { input: { name, description, category, price, received }, etag: headers.get('etag') ?? '' };
    known.set(sku, product);
    return product;
  }
}

/** A product that is there keeps its price: the queue of prices sets it when an order needs another. */
function wish({ sku, name, priceMinor, received }: Wanted, seen?: ProductInput): ProductInput | undefined {
  if (!seen) return { name: name || sku, description: '', category: CATEGORY, price: priceOf(priceMinor), received };
  if (seen.received >= received && seen.price.currency === FILE_CURRENCY) return undefined;
  return { ...seen, price: priceOf(priceMinor), received: Math.max(seen.received, received) };
}

function priceOf(amountMinor: number): ProductInput['price'] {
  return { amountMinor, currency: FILE_CURRENCY };
}

function pathOf(sku: string): string {
  return `/v1/products/${encodeURIComponent(sku)}`;
}
