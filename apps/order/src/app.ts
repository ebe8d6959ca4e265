import { createDynamo, type Dynamo } from '@shop/dynamo';
import { createHttpClient } from '@shop/http-client';
import { createIdentity } from '@shop/identity';
import { createService, type Service } from '@shop/service';
import { createCatalogClient } from './catalog-client.ts';
import { type OrderConfig, timingOf } from './config.ts';
import { problems } from './errors.ts';
import { createOrderMetrics } from './order-metrics.ts';
import { createOrderObserver } from './order-observer.ts';
import { createOrderStore } from './order-store.ts';
import { createPaymentClient } from './payment-client.ts';
import { assertAlive } from './peer-check.ts';
import { createRecovery } from './recovery.ts';
import { orderRoutes } from './routes.ts';
import { createSaga } from './saga.ts';
import { within } from './within.ts';

const description = 'Places orders, follows them until they are settled, and cancels them.';

/** What a hung call may still take once its order is handed over. */
const CLOSE_MS = 1000;

export type OrderOptions = { environment?: Record<string, string | undefined>; dynamo?: Dynamo };

/** The order service, ready to listen. */
export async function createOrderService(
  config: OrderConfig,
  { environment = {}, dynamo = createDynamo() }: OrderOptions = {},
): Promise<Service> {
  const service = await createService({ name: 'order', description, config, problems, environment });
  const { app, log, health, registry } = service;
  const timing = timingOf(config);
  const observer = createOrderObserver(log, createOrderMetrics(registry));

  const catalog = createHttpClient({ peer: 'catalog', baseUrl: config.CATALOG_URL, registry });
  const payment = createHttpClient({ peer: 'payment', baseUrl: config.PAYMENT_URL, registry });
  const store = createOrderStore(dynamo, config.ORDERS_TABLE);
  const ports = { store, ...createCatalogClient(catalog), ...createPaymentClient(payment) };
  const saga = createSaga({ ports, timing, observer });
  const recovery = createRecovery({ store, saga, timing, observer });
  const identity = createIdentity({
    issuer: config.JWT_ISSUER,
    audience: config.JWT_AUDIENCE,
    jwksUrl: config.JWKS_URL,
  });

  health.informative('dynamodb', (deadlineAt) => store.listOpen(0, deadlineAt));
  health.informative('catalog', (deadlineAt) => assertAlive(config.CATALOG_URL, deadlineAt));
  health.informative('payment', (deadlineAt) => assertAlive(config.PAYMENT_URL, deadlineAt));
  await app.register(orderRoutes, { store, saga, timing, identity });

  app.addHook('onReady', async () => recovery.start());
  service.onDraining(() => recovery.stop());
  app.addHook('onClose', async () => {
    recovery.stop();
    await saga.finish(timing.drainMs);
    await within(Promise.all([catalog.close(), payment.close()]), CLOSE_MS);
    dynamo.close();
  });
  return service;
}
