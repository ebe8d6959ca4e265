import { createDynamo, type Dynamo } from '@shop/dynamo';
import { createIdentity } from '@shop/identity';
import { createService, type Service } from '@shop/service';
import { adminRoutes } from './admin-routes.ts';
import { createCatalogMetrics } from './catalog-metrics.ts';
import type { CatalogConfig } from './config.ts';
import { catalogProblems } from './errors.ts';
import { internalRoutes } from './internal-routes.ts';
import { createProductCache } from './product-cache.ts';
import { createProductListing } from './product-listing.ts';
import { createProductStore } from './product-store.ts';
import { createReservationStore } from './reservation-store.ts';
import { productRoutes } from './routes.ts';

/** A read for the cache serves everyone who waits for it, so it has its own deadline. */
const CACHE_READ_TIMEOUT_MS = 1000;

export type CatalogOptions = {
  environment?: Record<string, string | undefined>;
  dynamo?: Dynamo;
  /** The clock of the product cache, in milliseconds. */
  cacheClock?: () => number;
};

const description = 'The products of the shop, and the stock that is held for orders.';

/** The catalog service, ready to listen. */
export async function createCatalog(
  config: CatalogConfig,
  { environment = {}, dynamo = createDynamo(), cacheClock = () => performance.now() }: CatalogOptions = {},
): Promise<Service> {
  const service = await createService({ name: 'catalog', description, config, problems: catalogProblems, environment });
  const { app, health, registry } = service;
  app.addHook('onClose', async () => dynamo.close());

  const identity = createIdentity({
    issuer: config.JWT_ISSUER,
    audience: config.JWT_AUDIENCE,
    jwksUrl: config.JWKS_URL,
  });
  const table = config.PRODUCTS_TABLE;
  const products = createProductStore({ dynamo, table });
  const listing = createProductListing({ dynamo, table });
  const reservations = createReservationStore({ dynamo, products: table, reservations: config.RESERVATIONS_TABLE });
  const readMany = (skus: readonly string[]) => products.readMany(skus, Date.now() + CACHE_READ_TIMEOUT_MS);
  const cache = createProductCache(readMany, { now: cacheClock });
  const metrics = createCatalogMetrics(registry);

  health.informative('dynamodb', (deadlineAt) => products.categories(deadlineAt));
  await app.register(productRoutes, { products, listing, cache });
  await app.register(adminRoutes, { products, cache, identity, scope: config.ADMIN_SCOPE });
  await app.register(internalRoutes, { products, reservations, cache, metrics });
  return service;
}
