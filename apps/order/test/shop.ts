import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { createDynamo } from '@shop/dynamo';
import { testTables } from '@shop/dynamo/testing';
import type { Service } from '@shop/service';
import { startIssuer } from '@shop/testing/issuer';
import { until } from '@shop/testing/until';
import { createOrderService } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import type { Order } from '../src/order.ts';
import { createOrderStore, ordersTable } from '../src/order-store.ts';
import { type ApiDocument, createApiCheck } from './api-check.ts';
import { startCatalog, startPayment } from './stand-ins.ts';

type Settings = Record<string, string | number>;
type Around = { shipped?: boolean; endpoint?: string; tracesTo?: string };
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
export type Answer = { status: number; headers: Headers; body: any };

/** So that a test need not wait for recovery; the shipped values are tested apart. */
const quick = { RECOVERY_INTERVAL_MS: 40, BACKOFF_BASE_MS: 10, BACKOFF_CAP_MS: 80 };

/** For tests in which a lease must end. */
export const shortLease = { LEASE_MS: 300, PASS_BUDGET_MS: 250 };

export type Shop = Awaited<ReturnType<typeof openShop>>;

/** The order service on DynamoDB Local with stand-ins for its peers, as many processes of it as a test starts. */
export async function openShop() {
  const [tables, issuer, catalog, payment] = await Promise.all([
    testTables({ orders: ordersTable }),
    startIssuer(),
    startCatalog(),
    startPayment(),
  ]);
  const running = new Set<Service>();

  return {
    catalog,
    payment,
    /** A process of the service. Its timings are those of `quick` unless `settings` say otherwise. */
    async start(settings: Settings = {}, { shipped = false, endpoint, tracesTo }: Around = {}) {
      const environment = {
        ...(shipped ? {} : quick),
        HOST: '127.0.0.1',
        LOG_LEVEL: 'fatal',
        ORDERS_TABLE: tables.names.orders,
        CATALOG_URL: catalog.url,
        PAYMENT_URL: payment.url,
        ...issuer.environment,
        ...settings,
      };
      const texts = Object.entries(environment).map(([name, value]) => [name, String(value)]);
      const service = await createOrderService(readConfig(Object.fromEntries(texts)), {
        dynamo: createDynamo({ endpoint }),
        environment: { OTEL_EXPORTER_OTLP_ENDPOINT: tracesTo, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
      });
      running.add(service);
      const url = await service.app.listen({ host: '127.0.0.1', port: 0 });
      const document = await (await fetch(`${url}/openapi.json`)).json();
      return {
        service,
        url,
        metric: async (name: string) => (await figures(url, [name]))[0] ?? 0,
        metrics: (...names: string[]) => figures(url, names),
        as: (customerId: string) => customer(url, document as ApiDocument, issuer.token(customerId)),
        async stop() {
          running.delete(service);
          service.drain();
          await service.close();
        },
      };
    },

    /** The table as a process sees it, to leave in it what a dead one would. */
    store: createOrderStore(tables.dynamo, tables.names.orders),

    async stored(orderId: string): Promise<Order> {
      const read = new GetCommand({ TableName: tables.names.orders, Key: { orderId }, ConsistentRead: true });
      return (await tables.dynamo.read(read, Date.now() + 5000)).Item as Order;
    },

    async close() {
      for (const service of running) await service.close();
      await Promise.all([issuer.close(), catalog.close(), payment.close(), tables.drop()]);
    },
  };
}

export const mugs = (quantity = 1, paymentMethod = 'pm_approve') => ({
  lines: [{ sku: 'MUG', quantity }],
  paymentMethod,
});

/** Samples of `GET /metrics`, 0 for one that is not there. A name without labels is that of the whole series. */
async function figures(url: string, names: readonly string[]): Promise<number[]> {
  const lines = (await (await fetch(`${url}/metrics`)).text()).split('\n');
  const open = (name: string) => (name.endsWith('}') ? `${name.slice(0, -1)}` : name);
  return names.map((name) =>
    Number(
      lines
        .find((line) => line.startsWith(open(name)))
        ?.split(' ')
        .at(-1) ?? 0,
    ),
  );
}

/** What a customer can do. Every answer is checked against the service's own API document. */
function customer(url: string, document: ApiDocument, token: Promise<string>) {
  const check = createApiCheck(document);

  return {
    place: (body: unknown = mugs(), key: string = crypto.randomUUID()) =>
      send('POST', '/v1/orders', body, { 'idempotency-key': key }),
    read: (orderId: string) => send('GET', `/v1/orders/${orderId}`),
    cancel: (orderId: string) => send('POST', `/v1/orders/${orderId}/cancellation`),
    list: (query = '') => send('GET', `/v1/orders${query}`),
    send,
    /** Reads the order until it has the status. */
    until: (orderId: string, status: string) =>
      until(`the order is ${status}`, () => send('GET', `/v1/orders/${orderId}`), {
        fits: ({ body }) => body.status === status,
      }),
  };

  async function send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${await token}`, ...json, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer = { status: response.status, headers: response.headers, body: await response.json() };
    check(method, path, answer.status, response.headers.get('content-type') ?? '', answer.body);
    return answer;
  }
}
