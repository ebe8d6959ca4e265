import { Product, Sku } from '@shop/contracts/product';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';

const product: Product = {
  sku: 'MUG-STONEWARE-BLUE',
  name: 'Stoneware mug, blue',
  description: 'Hand-glazed stoneware, 350 ml, safe in the dishwasher and in the microwave oven.',
  category: 'kitchen',
  price: { amountMinor: 1_450, currency: 'GBP' },
  available: 118,
  received: 240,
};
const products = new Map([[product.sku, product]]);

/** A product read as catalog answers it from its cache: parameter and answer by schema, ETag, no storage. */
export async function productRoute(app: FastifyInstance): Promise<void> {
  const schema = { params: Type.Object({ sku: Sku }), response: { 200: Product } };
  app.get<{ Params: { sku: string } }>('/v1/products/:sku', { schema }, async (request, reply) => {
    const found = products.get(request.params.sku);
    if (found === undefined) return reply.code(404).send();
    reply.header('etag', '"7-118"').header('cache-control', 'max-age=1');
    return found;
  });
}

export const productPath = `/v1/products/${product.sku}`;
