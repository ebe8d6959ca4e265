import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Order, OrderInput } from '@shop/contracts/order';
import type { ProductInput } from '@shop/contracts/product';
import { orderIdOf } from '@shop/order/order-id';

/** `polls`: how often an open order is read before it becomes `becomes`. */
export type StoredOrder = Order & {
  customerId: string;
  key: string;
  polls: number;
  becomes: 'confirmed' | 'cancelled';
};
type Reply = { status: number; body?: object; headers?: Record<string, string> };

export type StandInShop = {
  baseUrl: string;
  products: Map<string, ProductInput & { version: number; writes: number }>;
  orders: Map<string, StoredOrder>;
  /** Asked before each request; a reply from here is given instead of the shop's. */
  intercept: (request: { method: string; path: string }) => Reply | undefined;
  close(): Promise<void>;
};

/**
 * The part of the shop and of the issuer that a replay speaks to, in memory: prices at the moment of the order, one order
 * per customer and key, versions of products, tokens. Every third order, and every cancellation, is
 * open at first and settled when read again.
 */
export async function startStandInShop(): Promise<StandInShop> {
  const server = createServer((request, response) => {
    answer(request).then(
      (reply) => send(response, reply),
      (error: Error) => send(response, { status: 500, body: { code: error.message } }),
    );
  });
  server.unref();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const shop: StandInShop = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    products: new Map(),
    orders: new Map(),
    intercept: () => undefined,
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
  return shop;

  async function answer(request: IncomingMessage): Promise<Reply> {
    const { method = '', url = '', headers } = request;
    const intercepted = shop.intercept({ method, path: url });
    if (intercepted) return intercepted;
    const [, , kind, id = '', action] = url.split('/');
    if (url === '/token') {
      const { customerId, admin } = (await json(request)) as { customerId: string; admin?: boolean };
      return { status: 200, body: { access_token: admin ? 'admin' : `of ${customerId}` } };
    }
    const caller = headers.authorization?.replace('Bearer ', '') ?? '';
    if (kind === 'products' && method === 'GET') return productOf(id);
    if (kind === 'products' && caller === 'admin') return await putProduct(id, request);
    if (kind !== 'orders' || !caller.startsWith('of ')) return { status: 401, body: { code: 'UNAUTHENTICATED' } };
    const customerId = caller.slice(3);
    if (method === 'POST' && !id) return await placeOrder(customerId, request);
    const order = shop.orders.get(id);
    if (order?.customerId !== customerId) return { status: 404, body: { code: 'ORDER_NOT_FOUND' } };
    if (action === 'cancellation' && order.status === 'confirmed') {
      Object.assign(order, { status: 'refunding', polls: 2, becomes: 'cancelled' });
    } else if (order.polls > 0 && --order.polls === 0) order.status = order.becomes;
    return { status: action && order.status === 'refunding' ? 202 : 200, body: order };
  }

  function productOf(sku: string): Reply {
    const product = shop.products.get(sku);
    if (!product) return { status: 404, body: { code: 'CATALOG_PRODUCT_NOT_FOUND' } };
    return { status: 200, body: product, headers: { etag: `"${product.version}-0"` } };
  }

  async function putProduct(sku: string, request: IncomingMessage): Promise<Reply> {
    const seen = shop.products.get(sku);
    const expected = seen
      ? request.headers['if-match'] === `"${seen.version}-0"`
      : request.headers['if-none-match'] === '*';
    const input = (await json(request)) as ProductInput;
    if (!expected) return { status: 412, body: { code: 'CATALOG_PRECONDITION_FAILED' } };
    shop.products.set(sku, { ...input, version: (seen?.version ?? 0) + 1, writes: (seen?.writes ?? 0) + 1 });
    return productOf(sku);
  }

  async function placeOrder(customerId: string, request: IncomingMessage): Promise<Reply> {
    const key = String(request.headers['idempotency-key']);
    const orderId = orderIdOf(customerId, key);
    const { lines } = (await json(request)) as OrderInput;
    const standing = shop.orders.get(orderId);
    if (standing)
      return {
        status: standing.status === 'pending' ? 202 : 201,
        body: standing,
        headers: { 'idempotent-replayed': 'true' },
      };
    const priced = lines.map(({ sku, quantity }) => {
      const price = shop.products.get(sku)?.price;
      if (!price) throw new Error(`nothing known of ${sku}`);
      return { sku, quantity, price };
    });
    const amountMinor = priced.reduce((sum, { quantity, price }) => sum + quantity * price.amountMinor, 0);
    const isOpen = shop.orders.size % 3 === 2;
    const order: StoredOrder = {
      orderId,
      customerId,
      key,
      status: isOpen ? 'pending' : 'confirmed',
      lines: priced,
      total: { amountMinor, currency: 'GBP' },
      paymentId: orderId,
      createdAt: new Date().toISOString(),
      polls: isOpen ? 2 : 0,
      becomes: 'confirmed',
    };
    shop.orders.set(orderId, order);
    return { status: isOpen ? 202 : 201, body: order };
  }
}

function send(response: ServerResponse, { status, body = {}, headers = {} }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
