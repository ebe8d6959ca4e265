import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startCatalog, type TestCatalog } from './catalog.fixture.ts';
import { productInput, soon } from './stores.fixture.ts';

let catalog: TestCatalog;
beforeEach(async () => {
  catalog = await startCatalog();
});
afterEach(() => catalog.stop());

type Summary = { sku: string; name: string; category: string; price: { amountMinor: number; currency: string } };

async function stock(count: number, category = 'kitchen') {
  const creations = Array.from({ length: count }, (_, index) => {
    const price = { amountMinor: 1 + ((index * 7919) % 5000), currency: 'GBP' };
    const name = `Thing ${String.fromCodePoint(97 + (index % 7))}`;
    return catalog.products.create(`${category}-${index}`, productInput({ name, category, price }), soon());
  });
  await Promise.all(creations);
}

/** Follows the Link headers from page to page; `between` runs after each page. */
async function walk(path: string, between: (page: Summary[]) => Promise<void> = async () => {}): Promise<Summary[]> {
  const items: Summary[] = [];
  for (let next: string | undefined = path; next; ) {
    const { status, body, headers } = await catalog.http.get(next);
    expect(status).toBe(200);
    items.push(...body.items);
    next = /^<(.+)>; rel="next"$/.exec(headers.link ?? '')?.[1];
    expect(next === undefined).toBe(body.nextCursor === undefined);
    if (next) expect(new URL(next, 'http://shop').searchParams.get('cursor')).toBe(body.nextCursor);
    await between(body.items);
  }
  return items;
}

const skusOf = (items: Summary[]) => items.map(({ sku }) => sku);

describe('a listing', () => {
  test('is complete and in order, page by page, by name and by price', async () => {
    await Promise.all([stock(120), stock(5, 'garden')]);
    const byName = await walk('/v1/products?category=kitchen&limit=7');
    expect(new Set(skusOf(byName)).size).toBe(120);
    const names = byName.map(({ name, sku }) => `${name}#${sku}`);
    expect(names).toEqual([...names].sort());

    const byPrice = await walk('/v1/products?category=kitchen&sort=price&limit=50');
    expect(new Set(skusOf(byPrice)).size).toBe(120);
    const prices = byPrice.map(({ price }) => price.amountMinor);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
  });

  test('has 24 products on a page unless told otherwise, and no empty page at the end', async () => {
    await stock(48);
    const pages: number[] = [];
    await walk('/v1/products?category=kitchen', async (page) => void pages.push(page.length));
    expect(pages).toEqual([24, 24]);
  });

  test('shows what does not change exactly once while other products come and go', async () => {
    await stock(60);
    const gone = new Set<string>();
    let added = 0;
    const items = await walk('/v1/products?category=kitchen&limit=10', async (page) => {
      // The last one of each page is where the cursor stands.
      const last = page.at(-1);
      const seen = last && (await catalog.products.read(last.sku, soon()));
      if (seen) await catalog.products.retire(seen, soon());
      if (last) gone.add(last.sku);
      added += 1;
      const names = ['A first thing', 'Zz last thing'];
      await Promise.all(
        names.map((name) => catalog.products.create(`${name[0]}-${added}`, productInput({ name }), soon())),
      );
      if (added > 20) throw new Error('The listing does not end');
    });
    const untouched = Array.from({ length: 60 }, (_, index) => `kitchen-${index}`).filter((sku) => !gone.has(sku));
    expect(skusOf(items)).toEqual(expect.arrayContaining(untouched));
    expect(new Set(skusOf(items)).size).toBe(items.length);
  });

  test('of a category that nobody knows is an empty page', async () => {
    const { status, body, headers } = await catalog.http.get('/v1/products?category=nothing');
    expect([status, body, headers.link]).toEqual([200, { items: [] }, undefined]);
  });

  test('moves a product with its name, its price and its category', async () => {
    await stock(2);
    const price = { amountMinor: 9999, currency: 'GBP' };
    await catalog.putProduct('kitchen-0', { name: 'Zz', price }, '*');
    for (const sort of ['name', 'price']) {
      const { body } = await catalog.http.get(`/v1/products?category=kitchen&sort=${sort}`);
      expect(skusOf(body.items)).toEqual(['kitchen-1', 'kitchen-0']);
    }
    await catalog.putProduct('kitchen-0', { category: 'garden' }, '*');
    expect((await catalog.http.get('/v1/products?category=kitchen')).body.items).toHaveLength(1);
    expect((await catalog.http.get('/v1/products?category=garden')).body.items).toEqual([
      { sku: 'kitchen-0', name: 'Blue mug', category: 'garden', price: { amountMinor: 850, currency: 'GBP' } },
    ]);
  });

  test('does not move with a sale', async () => {
    await stock(1);
    const before = catalog.proxy.calls().length;
    await catalog.hold('ord_aaaaaaaaaaaaaaaaaaaaaaaaaa', [{ sku: 'kitchen-0', quantity: 1 }]);
    const sale = catalog.proxy.calls().slice(before).at(-1);
    expect(sale?.operation).toBe('TransactWriteItems');
    expect(sale?.consumedCapacity?.some(({ GlobalSecondaryIndexes }) => GlobalSecondaryIndexes)).toBe(false);
  });

  test('takes no cursor but its own', async () => {
    await Promise.all([stock(3), stock(3, 'garden')]);
    const { body } = await catalog.http.get('/v1/products?category=kitchen&limit=1');
    for (const query of [
      `category=garden&cursor=${body.nextCursor}`,
      `category=kitchen&sort=price&cursor=${body.nextCursor}`,
      `category=kitchen&cursor=${body.nextCursor}x`,
      'category=kitchen&cursor=rubbish',
      'category=kitchen&cursor=',
      `category=kitchen&cursor=${Buffer.from('["kitchen","name","Thing"]').toString('base64url')}`,
    ]) {
      const answer = await catalog.http.get(`/v1/products?${query}`);
      expect([query, answer.status, answer.body.code]).toEqual([query, 400, 'CATALOG_INVALID_REQUEST']);
      expect(answer.body.errors).toEqual([{ pointer: '/querystring/cursor', detail: expect.any(String) }]);
    }
  });
});

describe('GET /v1/products/categories', () => {
  test('lists the categories, also one whose last product is gone', async () => {
    await catalog.putProduct('MUG');
    await catalog.putProduct('POT', { category: 'garden' });
    await catalog.deleteProduct('POT', '*');
    const { status, body } = await catalog.http.get('/v1/products/categories');
    expect([status, body]).toEqual([200, { items: ['garden', 'kitchen'] }]);
  });
});
