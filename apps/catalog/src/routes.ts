import { DEFAULT_PAGE_SIZE } from '@shop/contracts/page';
import { ProblemError } from '@shop/contracts/problem';
import { CategoryList, Product, ProductPage, ProductQuery, Sku } from '@shop/contracts/product';
import { type App, deadlineOf, invalidRequest } from '@shop/service';
import { Type } from 'typebox';
import { productNotFound } from './errors.ts';
import { cursorAfter, type Listing, positionIn } from './listing-cursor.ts';
import { isKnown } from './preconditions.ts';
import { etagOf, publicProduct } from './product.ts';
import type { ProductCache } from './product-cache.ts';
import type { ProductListing } from './product-listing.ts';
import type { ProductStore } from './product-store.ts';

export type ProductRoutesOptions = {
  products: ProductStore;
  listing: ProductListing;
  cache: ProductCache;
};

const bySku = Type.Object({ sku: Sku });
const tags = ['products'];

const ReadHeaders = Type.Object({ 'if-none-match': Type.Optional(Type.String()) });

/** What everyone may read of the catalog. */
export async function productRoutes(app: App, { products, listing, cache }: ProductRoutesOptions) {
  app.get(
    '/v1/products',
    {
      schema: {
        tags,
        summary: 'List the products of a category',
        description:
          'A change is seen here within moments, not at once. A category that nobody knows is an empty page.',
        querystring: ProductQuery,
        response: { 200: ProductPage },
      },
    },
    async (request, reply) => {
      const { category, sort = 'name', limit = DEFAULT_PAGE_SIZE, cursor } = request.query;
      const after = cursor === undefined ? undefined : positionIn(cursor, { category, sort });
      if (cursor !== undefined && after === undefined) {
        throw invalidRequest('querystring', '/cursor', 'is not a cursor of this listing');
      }
      const { items, last } = await listing({ category, sort }, { limit, after }, deadlineOf(request));
      if (last === undefined) return { items };
      const nextCursor = cursorAfter({ category, sort }, last);
      reply.header('link', nextLink({ category, sort }, limit, nextCursor));
      return { items, nextCursor };
    },
  );

  app.get(
    '/v1/products/categories',
    {
      schema: {
        tags,
        summary: 'List the categories',
        description: 'A category stays listed when its last product is deleted.',
        response: { 200: CategoryList },
      },
    },
    async (request) => ({ items: await products.categories(deadlineOf(request)) }),
  );

  app.get(
    '/v1/products/:sku',
    {
      schema: {
        tags,
        summary: 'Read a product',
        description: 'The answer is at most a second old. Its ETag is `"<version>-<available>"`.',
        params: bySku,
        headers: ReadHeaders,
        response: { 200: Product, 304: Type.Null({ description: 'Not modified.' }) },
      },
    },
    async (request, reply) => {
      const product = await cache.get(request.params.sku);
      if (!product?.active) throw new ProblemError(productNotFound);
      reply.header('etag', etagOf(product)).header('cache-control', 'max-age=1');
      if (isKnown(product, request.headers['if-none-match'])) return reply.code(304).send(null);
      return publicProduct(product);
    },
  );
}

function nextLink({ category, sort }: Listing, limit: number, cursor: string): string {
  const query = new URLSearchParams({ category, sort, limit: String(limit), cursor });
  return `</v1/products?${query}>; rel="next"`;
}
