import { parseConfig } from '@shop/config';
import type { ProductInput } from '@shop/contracts/product';
import { startIssuer } from '@shop/testing/issuer';
import supertest from 'supertest';
import { createCatalog } from '../src/app.ts';
import { CatalogConfig } from '../src/config.ts';
import { openStores, productInput } from './stores.fixture.ts';

export type TestCatalog = Awaited<ReturnType<typeof startCatalog>>;

/** The whole service on a port, with tables and an issuer of its own. */
export async function startCatalog({
  cacheClock = () => performance.now(),
  settings = {},
}: {
  cacheClock?: () => number;
  settings?: Record<string, string>;
} = {}) {
  const stores = await openStores();
  const issuer = await startIssuer();
  const config = parseConfig(CatalogConfig, {
    ...issuer.environment,
    PRODUCTS_TABLE: stores.names.products,
    RESERVATIONS_TABLE: stores.names.reservations,
    LOG_LEVEL: 'fatal',
    ...settings,
  });
  const service = await createCatalog(config, { dynamo: stores.dynamo, cacheClock });
  await service.app.listen({ host: '127.0.0.1', port: 0 });
  const http = supertest(service.app.server);
  /** The value of an Authorization header: the admin's, but for what the claims change. */
  const bearer = async (claims: object = {}) => `Bearer ${await issuer.token('ada', { admin: true, ...claims })}`;
  const admin = await bearer();

  return {
    ...stores,
    bearer,
    service,
    http,
    /** A PUT by the admin; `expecting` is its If-Match, without which it creates. */
    putProduct(sku: string, changes: Partial<ProductInput> = {}, expecting?: string) {
      const put = http.put(`/v1/products/${sku}`).set('authorization', admin);
      return (expecting ? put.set('if-match', expecting) : put.set('if-none-match', '*')).send(productInput(changes));
    },
    deleteProduct: (sku: string, expecting: string) =>
      http.delete(`/v1/products/${sku}`).set('authorization', admin).set('if-match', expecting),
    hold: (orderId: string, lines: { sku: string; quantity: number }[]) =>
      http.put(`/internal/reservations/${orderId}`).send({ lines }),
    release: (orderId: string) => http.delete(`/internal/reservations/${orderId}`),
    async stop() {
      await service.close();
      await issuer.close();
      await stores.close();
    },
  };
}
