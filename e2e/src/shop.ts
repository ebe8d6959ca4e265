import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { productsTable, reservationsTable } from '@shop/catalog/tables';
import { testTables } from '@shop/dynamo/testing';
import { ordersTable } from '@shop/order/order-store';
import { paymentsTable } from '@shop/payment/payment-store';
import { sandboxLedgerTable } from '@shop/sandbox-gateway/ledger-store';
import { freePort } from '@shop/testing/free-port';
import { startIssuer } from '@shop/testing/issuer';
import { createFrontDoor } from '@shop/tools/front-door';
import { chargesOf } from './charges.ts';
import { createCustomers } from './customer.ts';
import { createServiceProcess } from './service-process.ts';

const definitions = {
  products: productsTable,
  reservations: reservationsTable,
  orders: ordersTable,
  payments: paymentsTable,
  sandboxLedger: sandboxLedgerTable,
};
const routing = JSON.parse(readFileSync(new URL('../../infra/routing.json', import.meta.url), 'utf8'));
const apps = ['sandbox-gateway', 'payment', 'catalog', 'order'] as const;
export type AppName = (typeof apps)[number];

/** Short enough that a test sees recovery at once. `shipped` leaves the values that the service has by itself. */
const recoveries = {
  quick: {
    LEASE_MS: '500',
    PASS_BUDGET_MS: '400',
    RECOVERY_INTERVAL_MS: '50',
    BACKOFF_BASE_MS: '20',
    BACKOFF_CAP_MS: '200',
  },
  shipped: {},
  /** A slow machine must not turn an answer into a 202. */
  patient: {
    LEASE_MS: '60000',
    PASS_BUDGET_MS: '50000',
    ANSWER_BUDGET_MS: '50000',
    GATEWAY_TIMEOUT_MS: '50000',
    HANDLER_TIMEOUT_MS: '50000',
  },
};

type ShopOptions = Partial<Record<AppName, NodeJS.ProcessEnv>> & {
  all?: NodeJS.ProcessEnv;
  recovery?: keyof typeof recoveries;
};

export type Shop = Awaited<ReturnType<typeof startShop>>;

/** The whole shop as real processes on tables of its own, behind a front door: what `npm start` runs, for one test file. */
export async function startShop({ all, recovery = 'quick', ...perApp }: ShopOptions = {}) {
  const [tables, issuer, ...ports] = await Promise.all([testTables(definitions), startIssuer(), ...apps.map(freePort)]);
  const url = (app: AppName) => `http://127.0.0.1:${ports[apps.indexOf(app)]}`;
  const shared = {
    ...issuer.environment,
    PRODUCTS_TABLE: tables.names.products,
    RESERVATIONS_TABLE: tables.names.reservations,
    ORDERS_TABLE: tables.names.orders,
    PAYMENTS_TABLE: tables.names.payments,
    SANDBOX_LEDGER_TABLE: tables.names.sandboxLedger,
    CATALOG_URL: url('catalog'),
    PAYMENT_URL: url('payment'),
    GATEWAY_URL: url('sandbox-gateway'),
    GATEWAY_API_KEY: `key-${randomUUID()}`,
    SHUTDOWN_DELAY_MS: '0',
    NODE_COMPILE_CACHE: fileURLToPath(new URL('../../.nx/compile-cache', import.meta.url)),
    ...recoveries[recovery],
    ...all,
  };
  const service = (app: AppName) =>
    createServiceProcess(app, Number(ports[apps.indexOf(app)]), { ...shared, ...perApp[app] });
  const services = {
    gateway: service('sandbox-gateway'),
    payment: service('payment'),
    catalog: service('catalog'),
    order: service('order'),
  };
  const processes = Object.values(services);
  const frontDoor = createFrontDoor({
    routing,
    targets: { catalog: url('catalog'), order: url('order'), payment: url('payment') },
    exposeServicePages: true,
  });
  const baseUrl = await frontDoor.listen(0);
  await Promise.all(processes.map((each) => each.start())).catch(async (error) => {
    await Promise.all([frontDoor.close(), issuer.close(), ...processes.map((each) => each.stop('SIGKILL'))]);
    throw error;
  });

  return {
    ...services,
    ...createCustomers(baseUrl, issuer),
    baseUrl,
    issuer,
    tables,
    environment: shared,
    charges: (orderId: string) => chargesOf(orderId, shared),
    async stop() {
      await frontDoor.close();
      await Promise.all(processes.map((each) => each.stop('SIGTERM')));
      await Promise.all([issuer.close(), tables.drop()]);
    },
  };
}
