import { IdempotencyKey, Order, OrderId, OrderInput, OrderPage, OrderQuery } from '@shop/contracts/order';
import { DEFAULT_PAGE_SIZE } from '@shop/contracts/page';
import { ProblemError } from '@shop/contracts/problem';
import type { Identity } from '@shop/identity';
import { type App, deadlineOf, invalidRequest } from '@shop/service';
import { Type } from 'typebox';
import { cancelOrder } from './cancel-order.ts';
import { idempotencyKeyRequired } from './errors.ts';
import type { OrderStore } from './order-store.ts';
import { fromCursor, refusalOf, toCursor, toPublic } from './order-view.ts';
import { placeOrder } from './place-order.ts';
import { readOrder } from './read-orders.ts';
import type { Saga } from './saga.ts';
import type { Timing } from './timing.ts';

export type OrderRoutesOptions = { store: OrderStore; saga: Saga; timing: Timing; identity: Identity };

const described = { tags: ['orders'], security: [{ bearer: [] }] };
const KeyHeader = Type.Object({ 'idempotency-key': IdempotencyKey });
const byId = Type.Object({ orderId: OrderId });
const NoBody = Type.Union([Type.Null(), Type.Object({}, { additionalProperties: false })]);

/** Orders, each customer's own. */
export async function orderRoutes(app: App, { store, saga, timing, identity }: OrderRoutesOptions) {
  app.addHook('onRequest', identity.required());

  app.post(
    '/v1/orders',
    {
      schema: {
        ...described,
        summary: 'Place an order',
        description:
          'A repeat with the same Idempotency-Key and body gets the same order and the answer that is recorded for it. ' +
          '202 means that the outcome is not known yet: read the order at `Location`, or repeat the request.',
        headers: KeyHeader,
        body: OrderInput,
        response: { 201: Order, 202: Order },
      },
      preValidation: async ({ headers }) => {
        if (!headers['idempotency-key']) throw new ProblemError(idempotencyKeyRequired);
      },
    },
    async (request, reply) => {
      refuseRepeatedSku(request.body);
      const { customerId } = identity.callerOf(request);
      const idempotencyKey = request.headers['idempotency-key'];
      const means = { store, saga, timing };
      const wanted = { customerId, idempotencyKey, input: request.body };
      const { order, replayed } = await placeOrder(wanted, means, deadlineOf(request));

      if (replayed) reply.header('idempotent-replayed', 'true');
      const refusal = refusalOf(order);
      if (refusal) throw refusal;
      reply.header('location', `/v1/orders/${order.orderId}`);
      return order.outcome === 'confirmed'
        ? reply.code(201).send(toPublic(order, 'confirmed'))
        : reply.code(202).header('retry-after', '1').send(toPublic(order));
    },
  );

  app.get(
    '/v1/orders/:orderId',
    { schema: { ...described, summary: 'Read an order', params: byId, response: { 200: Order } } },
    async (request) => {
      const { customerId } = identity.callerOf(request);
      return toPublic(await readOrder({ customerId, ...request.params }, store, deadlineOf(request)));
    },
  );

  app.get(
    '/v1/orders',
    {
      schema: {
        ...described,
        summary: 'List your orders, newest first',
        description: 'A new order is seen here within moments, not at once.',
        querystring: OrderQuery,
        response: { 200: OrderPage },
      },
    },
    async (request, reply) => {
      const { customerId } = identity.callerOf(request);
      const { limit = DEFAULT_PAGE_SIZE, cursor } = request.query;
      const after = cursor === undefined ? undefined : fromCursor(cursor);
      if (cursor !== undefined && !after)
        throw invalidRequest('querystring', '/cursor', 'is not a cursor of this list');

      const { orders, more } = await store.listByCustomer(customerId, { limit, after }, deadlineOf(request));
      const items = orders.map((order) => toPublic(order));
      const last = orders.at(-1);
      if (!more || !last) return { items };
      const nextCursor = toCursor(last);
      const next = new URLSearchParams({ limit: String(limit), cursor: nextCursor });
      reply.header('link', `</v1/orders?${next}>; rel="next"`);
      return { items, nextCursor };
    },
  );

  app.post(
    '/v1/orders/:orderId/cancellation',
    {
      schema: {
        ...described,
        summary: 'Cancel an order',
        description: 'Gives the money and the stock back. 202 while that is under way; repeating it is harmless.',
        params: byId,
        body: NoBody,
        response: { 200: Order, 202: Order },
      },
    },
    async (request, reply) => {
      const own = { customerId: identity.callerOf(request).customerId, orderId: request.params.orderId };
      const order = await cancelOrder(own, { store, saga, timing }, deadlineOf(request));
      if (order.status === 'cancelled') return reply.code(200).send(toPublic(order));
      reply.header('location', `/v1/orders/${order.orderId}`).header('retry-after', '1');
      return reply.code(202).send(toPublic(order));
    },
  );
}

/** Each SKU once, which JSON Schema cannot say. */
function refuseRepeatedSku({ lines }: OrderInput): void {
  const seen = new Set<string>();
  for (const [index, { sku }] of lines.entries()) {
    if (seen.has(sku)) throw invalidRequest('body', `/lines/${index}/sku`, 'is in the order already');
    seen.add(sku);
  }
}
