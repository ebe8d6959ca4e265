import { ProblemError } from '@shop/contracts/problem';
import { Product, ProductInput, Sku } from '@shop/contracts/product';
import type { Identity } from '@shop/identity';
import { type App, deadlineOf } from '@shop/service';
import { Type } from 'typebox';
import { preconditionRequired } from './errors.ts';
import { expectationIn } from './preconditions.ts';
import { etagOf, publicProduct } from './product.ts';
import type { ProductCache } from './product-cache.ts';
import type { ProductStore } from './product-store.ts';
import { retireProduct, saveProduct } from './save-product.ts';

export type AdminRoutesOptions = { products: ProductStore; cache: ProductCache; identity: Identity; scope: string };

const WriteHeaders = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      description: 'The ETag of the product to change, or `*`. Only the version in front of its dash counts.',
    }),
  ),
  'if-none-match': Type.Optional(Type.String({ description: '`*`: create the product, or revive a deleted one.' })),
});

/** `/v1/products/categories` is the list of the categories: a product of that name could be written, but never read. */
const WritableSku = Type.Unsafe<string>({ ...Sku, not: { const: 'categories' } });

const shared = {
  tags: ['products'],
  security: [{ bearer: [] }],
  params: Type.Object({ sku: WritableSku }),
  headers: WriteHeaders,
};

/** How the shop's own people, whose tokens have `scope`, keep the catalog. Each write says which state of the product it expects. */
export async function adminRoutes(app: App, { products, cache, identity, scope }: AdminRoutesOptions) {
  const onRequest = identity.required(scope);

  app.put(
    '/v1/products/:sku',
    {
      onRequest,
      schema: {
        ...shared,
        summary: 'Create, change or revive a product',
        description:
          '`received` is the number of units ever received; a change of it moves `available` by the difference. If-Match ' +
          'compares the version of the ETag, so a sale does not make it stale. A revived product has the units it had.',
        body: ProductInput,
        response: { 200: Product, 201: Product },
      },
    },
    async (request, reply) => {
      const { sku } = request.params;
      const expected = expectationIn(request.headers);
      if (expected === undefined) throw new ProblemError(preconditionRequired);
      const write = { sku, input: request.body, expected };
      const { created, product } = await saveProduct(write, products, deadlineOf(request));
      cache.forget(sku);
      return reply
        .code(created ? 201 : 200)
        .header('etag', etagOf(product))
        .send(publicProduct(product));
    },
  );

  app.delete(
    '/v1/products/:sku',
    {
      onRequest,
      schema: {
        ...shared,
        summary: 'Take a product out of the shop',
        description: 'Units that are held for orders stay held. If-None-Match: * on PUT brings the product back.',
        response: { 204: Type.Null({ description: 'Deleted.' }) },
      },
    },
    async (request, reply) => {
      const { sku } = request.params;
      const expected = expectationIn(request.headers);
      if (expected === undefined) throw new ProblemError(preconditionRequired);
      await retireProduct({ sku, expected }, products, deadlineOf(request));
      cache.forget(sku);
      return reply.code(204).send(null);
    },
  );
}
