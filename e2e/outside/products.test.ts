import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CategoryList, Product, ProductPage, ProductSummary } from '@shop/contracts/product';
import { until } from '@shop/testing/until';
import type { Answer } from '../src/customer.ts';
import { expectProblem } from '../src/expect-problem.ts';
import { nextOf } from '../src/next-page.ts';
import { CATEGORY } from '../src/shelf.ts';
import { openTarget, type Target } from '../src/target.ts';

let shop: Target;
beforeAll(async () => {
  shop = await openTarget();
});
afterAll(() => shop?.close());

const get = <T>(path: string, headers = {}) => shop.send<T>('GET', path, headers);
const read = (sku: string, headers = {}) => get<Product>(`/v1/products/${sku}`, headers);

describe('browsing', () => {
  const letters = ['D', 'B', 'E', 'A', 'C'];
  let skus: string[];
  beforeAll(async () => {
    skus = await Promise.all(
      letters.map((letter, index) =>
        shop.shelf.add({ name: `Thing ${letter}`, price: { amountMinor: 100 + index, currency: 'GBP' } }),
      ),
    );
  });

  test('the categories name the one of a product', async () => {
    const { status, body } = await get<CategoryList>('/v1/products/categories');
    expect([status, body.items]).toEqual([200, expect.arrayContaining([CATEGORY])]);
  });

  /** Goes from page to page as the Link headers lead. */
  async function walk(path: string): Promise<ProductSummary[]> {
    const items: ProductSummary[] = [];
    for (let next: string | undefined = path; next; ) {
      const page: Answer<ProductPage> = await get(next);
      expect([page.status, page.body.items.length <= 2]).toEqual([200, true]);
      items.push(...page.body.items);
      next = nextOf(page);
      expect(next && new URL(next, shop.baseUrl).searchParams.get('cursor')).toBe(page.body.nextCursor);
    }
    return items;
  }

  test.each([
    ['name', ['A', 'B', 'C', 'D', 'E']],
    ['price', letters],
  ])('a listing by %s holds each product once, in order, over all its pages', async (sort, order) => {
    const listed = await until('the listing has all products', async () => {
      const items = await walk(`/v1/products?category=${CATEGORY}&sort=${sort}&limit=2`);
      return skus.every((sku) => items.some((item) => item.sku === sku)) && items;
    });
    // Runs beside this one have products in the category too.
    const own = listed.filter(({ sku }) => skus.includes(sku));
    expect(own.map(({ name }) => name)).toEqual(order.map((letter) => `Thing ${letter}`));
    const values = listed.map(({ name, price }) =>
      sort === 'name' ? name : String(price.amountMinor).padStart(10, '0'),
    );
    expect(values).toEqual([...values].sort());
  });

  test('a cursor that is broken, or of another listing, is a problem', async () => {
    const first = await get<ProductPage>(`/v1/products?category=${CATEGORY}&sort=name&limit=1`);
    for (const cursor of ['broken', String(first.body.nextCursor)]) {
      const answer = await get<unknown>(`/v1/products?category=${CATEGORY}&sort=price&cursor=${cursor}`);
      expectProblem(answer, 400, 'CATALOG_INVALID_REQUEST');
      expect(answer.body).toMatchObject({ errors: [{ pointer: '/querystring/cursor' }] });
    }
  });

  test('a product that has not changed is not sent again', async () => {
    const sku = await shop.shelf.add();
    const first = await read(sku);
    expect(first).toMatchObject({ status: 200, body: { sku, available: 10 } });
    const known = { 'if-none-match': first.headers.get('etag') };
    expect(await read(sku, known)).toMatchObject({ status: 304, body: '' });
    await shop.shelf.put(sku, { name: 'Another name' }, { 'if-match': '*' });
    const changed = await until('the change is seen', async () => {
      const answer = await read(sku, known);
      return answer.status !== 304 && answer;
    });
    expect(changed).toMatchObject({ status: 200, body: { name: 'Another name' } });
  });
});

describe('the administrator', () => {
  test('changes a product only in the state that was read', async () => {
    const sku = await shop.shelf.add();
    const created = (await read(sku)).headers.get('etag');
    expectProblem(await shop.shelf.put(sku, {}, {}), 428, 'CATALOG_PRECONDITION_REQUIRED');
    expectProblem(await shop.shelf.put(sku, {}, { 'if-none-match': '*' }), 412, 'CATALOG_PRECONDITION_FAILED');
    const changed = await shop.shelf.put(sku, { received: 12 }, { 'if-match': created });
    expect(changed).toMatchObject({ status: 200, body: { available: 12 } });
    expectProblem(
      await shop.shelf.put(sku, { received: 99 }, { 'if-match': created }),
      412,
      'CATALOG_PRECONDITION_FAILED',
    );
    await shop.catalogShows(sku, 12);
  });

  test('removes a product, and it cannot be read any more', async () => {
    const sku = await shop.shelf.add();
    expectProblem(await shop.shelf.remove(sku, {}), 428, 'CATALOG_PRECONDITION_REQUIRED');
    expect(await shop.shelf.remove(sku, { 'if-match': '*' })).toMatchObject({ status: 204, body: '' });
    const gone = await until('the product is gone', async () => {
      const answer = await read(sku);
      return answer.status !== 200 && answer;
    });
    expectProblem(gone, 404, 'CATALOG_PRODUCT_NOT_FOUND');
  });
});
