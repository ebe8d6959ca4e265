import { randomUUID } from 'node:crypto';
import type { Order } from '@shop/contracts/order';
import type { Problem } from '@shop/contracts/problem';
import type { Product, ProductInput } from '@shop/contracts/product';
import { until } from '@shop/testing/until';
import { persist } from './persist.ts';
import type { TokenSource } from './token-source.ts';

/** An order, or the problem that says why there is none: tests look at the members of either. */
type OrderOrProblem = Order & Omit<Problem, 'status'>;

export type Answer<T = OrderOrProblem> = { status: number; headers: Headers; body: T };
type OrderOptions = { paymentMethod?: string; key?: string; headers?: object };
export type Customer = ReturnType<ReturnType<typeof createCustomers>['customer']>;

const shelf = { description: '', category: 'test', price: { amountMinor: 250, currency: 'GBP' }, received: 10 };
const closed = ['confirmed', 'rejected', 'cancelled'];

/** The people of a test: customers who buy, and an administrator who fills the shelves. */
export function createCustomers(baseUrl: string, issuer: TokenSource) {
  async function send<T = OrderOrProblem>(
    method: string,
    path: string,
    headers: object,
    body?: unknown,
  ): Promise<Answer<T>> {
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = text !== '' && answer.headers.get('content-type')?.includes('json');
    return { status: answer.status, headers: answer.headers, body: (json ? JSON.parse(text) : text) as T };
  }

  function customer(customerId = `customer-${randomUUID()}`) {
    const authorization = async () => ({ authorization: `Bearer ${await issuer.token(customerId)}` });
    const read = async (orderId: string) => send('GET', `/v1/orders/${orderId}`, await authorization());

    async function order(
      lines: Record<string, number>,
      { paymentMethod = 'pm_approve', key = randomUUID(), headers = {} }: OrderOptions = {},
    ) {
      return send(
        'POST',
        '/v1/orders',
        { ...(await authorization()), 'idempotency-key': key, ...headers },
        { lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })), paymentMethod },
      );
    }

    /** Reads the order until nothing more will happen to it by itself. */
    function settled(orderId: string) {
      return until(
        `${orderId} is settled`,
        async () => {
          const { status, body } = await read(orderId);
          return status === 200 && closed.includes(body.status) && body;
        },
        { timeoutMs: 60_000 },
      );
    }

    return {
      customerId,
      read,
      order,
      settled,
      get: async <T>(path: string) => send<T>('GET', path, await authorization()),
      cancel: async (orderId: string) => send('POST', `/v1/orders/${orderId}/cancellation`, await authorization()),
      /** Orders, and after a 202 asks again, with the same key, once the order is settled. */
      async place(lines: Record<string, number>, options: OrderOptions = {}) {
        const repeatable = { key: randomUUID(), ...options };
        const answer = await order(lines, repeatable);
        if (answer.status !== 202) return answer;
        await settled(answer.body.orderId);
        return order(lines, repeatable);
      },
    };
  }

  async function stock(sku: string, product: Partial<ProductInput> = {}) {
    const token = await issuer.token('admin', { admin: true });
    const answer = await persist(() =>
      send(
        'PUT',
        `/v1/products/${sku}`,
        { authorization: `Bearer ${token}`, 'if-none-match': '*' },
        { ...shelf, name: sku, ...product },
      ),
    );
    // A repeat after a lost answer finds the product there.
    if (answer.status !== 201 && answer.status !== 412) throw new Error(`${sku}: ${JSON.stringify(answer)}`);
  }

  /** Creates, changes, withdraws and revives a product, each step repeated until it is answered. */
  async function administer(sku: string) {
    const authorization = `Bearer ${await issuer.token('admin', { admin: true })}`;
    const path = `/v1/products/${sku}`;
    const body = { ...shelf, name: sku, category: `category-${randomUUID()}` };
    const act = (method: string, condition: object, product?: object) =>
      until(`${method} ${sku} is answered`, async () => {
        const answer = await send(method, path, { authorization, ...condition }, product);
        return answer.status < 500;
      });
    const current = async () => {
      const answer = await until(`${sku} is read`, async () => {
        const read = await send('GET', path, {});
        return read.status < 500 && read;
      });
      return { 'if-match': answer.headers.get('etag') ?? '"0-0"' };
    };
    await act('PUT', { 'if-none-match': '*' }, body);
    await act('PUT', await current(), { ...body, received: 12 });
    await act('DELETE', await current());
    await act('PUT', { 'if-none-match': '*' }, body);
  }

  /** Waits until the catalog tells that many units: its answers may be a second old. */
  function catalogShows(sku: string, available: number) {
    return until(`${sku} has ${available} units`, async () => {
      const product = await fetch(`${baseUrl}/v1/products/${sku}`);
      return ((await product.json()) as Product).available === available;
    });
  }

  return { customer, stock, administer, catalogShows, send };
}
