import { randomUUID } from 'node:crypto';
import type { OrderInput } from '@shop/contracts/order';
import type { Visit } from './mix.ts';
import type { Shelf } from './shelf.ts';
import type { Answer, Outgoing } from './shop-client.ts';

export type PlacedOrder = { orderId: string; customerId: string; status: number };

export type Means = {
  /** Undefined when the visit ends here: the request failed, or the load is over. */
  send: (outgoing: Outgoing) => Promise<Answer | undefined>;
  customerId: string;
  onPlaced: (order: PlacedOrder) => void;
  /** The headers of that customer; undefined when there is no token. */
  authorize: () => Promise<{ authorization: string } | undefined>;
  shelf: Shelf;
  /** The last ETag of each product. */
  etags: Map<string, string>;
};

/** Does what the visit is for. Resolves to whether all went well. */
export async function perform(visit: Visit, means: Means): Promise<boolean> {
  const sku = means.shelf.skus[visit.product % means.shelf.skus.length] ?? '';
  if (visit.what === 'listing') return list(visit, means);
  return visit.what === 'product' ? look(sku, visit, means) : order(sku, visit, means);
}

async function list({ product }: Visit, { send, shelf }: Means): Promise<boolean> {
  const sort = product % 2 === 0 ? 'name' : 'price';
  const path = `/v1/products?category=${shelf.category}&sort=${sort}&limit=10`;
  return (await send({ name: 'GET /v1/products', method: 'GET', path, expected: [200] })) !== undefined;
}

async function look(sku: string, { conditional }: Visit, { send, etags }: Means): Promise<boolean> {
  const known = conditional ? etags.get(sku) : undefined;
  const answer = await send({
    name: 'GET /v1/products/{sku}',
    method: 'GET',
    path: `/v1/products/${sku}`,
    headers: known === undefined ? {} : { 'if-none-match': known },
    expected: known === undefined ? [200] : [200, 304],
  });
  if (answer?.etag !== undefined) etags.set(sku, answer.etag);
  return answer !== undefined;
}

/** Orders, reads the order back, and cancels it if that is the plan. A 202 is an answer too: the order is kept. */
async function order(
  sku: string,
  { cancelled }: Visit,
  { send, authorize, customerId, onPlaced }: Means,
): Promise<boolean> {
  const headers = await authorize();
  if (!headers) return false;
  const placed = await send({
    name: 'POST /v1/orders',
    method: 'POST',
    path: '/v1/orders',
    headers: { ...headers, 'idempotency-key': randomUUID() },
    body: { lines: [{ sku, quantity: 1 }], paymentMethod: 'pm_approve' } satisfies OrderInput,
    expected: [201, 202],
  });
  if (!placed) return false;
  const orderId = /"orderId":"(\w+)"/.exec(placed.text)?.[1] ?? '';
  onPlaced({ orderId, customerId, status: placed.status });
  const path = `/v1/orders/${orderId}`;
  const read = await send({ name: 'GET /v1/orders/{orderId}', method: 'GET', path, headers, expected: [200] });
  if (!read || !cancelled) return read !== undefined;
  const cancellation = await send({
    name: 'POST /v1/orders/{orderId}/cancellation',
    method: 'POST',
    path: `${path}/cancellation`,
    headers,
    expected: [200, 202],
  });
  return cancellation !== undefined;
}
