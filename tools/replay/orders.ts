import { setTimeout as sleep } from 'node:timers/promises';
import type { Order } from '@shop/contracts/order';
import type { Problem } from '@shop/contracts/problem';
import { orderIdOf } from '@shop/order/order-id';
import type { PlannedOrder } from './plan.ts';
import type { Answer, ShopClient } from './shop-client.ts';
import type { Tokens } from './tokens.ts';

export const PAYMENT_METHOD = 'pm_approve';

/** What became of a planned order. `already`: an earlier run had placed it. */
export type Placed = { planned: PlannedOrder; already: boolean } & ({ order: Order } | { refusal: string });

export type ShopPorts = {
  shop: ShopClient;
  tokens: Tokens;
  now?: () => number;
  wait?: (delayMs: number) => Promise<unknown>;
  /** How long an order may be open. */
  settleMs?: number;
};

/** The order, if an earlier run has placed it and it is settled. One that is open still is to be placed again: same key. */
export async function findOrder(planned: PlannedOrder, ports: ShopPorts): Promise<Placed | undefined> {
  const order = await readOrder(planned, ports);
  if (!order || order.status === 'pending') return undefined;
  return { planned, already: true, order: await settled(order, planned, ports) };
}

/** Places the order and waits until it is settled. */
export async function placeOrder(planned: PlannedOrder, ports: ShopPorts): Promise<Placed> {
  const lines = planned.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  const answer = await ports.shop.send<Order | Problem>({
    method: 'POST',
    path: '/v1/orders',
    token: ports.tokens.of(planned.customerId),
    headers: { 'idempotency-key': planned.idempotencyKey },
    body: { lines, paymentMethod: PAYMENT_METHOD },
  });
  if (answer.status !== 201 && answer.status !== 202) return refused(planned, answer);
  return { planned, already: false, order: await settled(answer.body as Order, planned, ports) };
}

/** Gives an order of the shop back; the same answer when that has been done before. */
export async function cancelOrder(planned: PlannedOrder, ports: ShopPorts): Promise<Placed> {
  const answer = await ports.shop.send<Order | Problem>({
    method: 'POST',
    path: `${pathOf(planned)}/cancellation`,
    token: ports.tokens.of(planned.customerId),
  });
  if (answer.status !== 200 && answer.status !== 202) return refused(planned, answer);
  return { planned, already: false, order: await settled(answer.body as Order, planned, ports) };
}

/** Reads the order until nothing is under way any more. */
async function settled(order: Order, planned: PlannedOrder, ports: ShopPorts): Promise<Order> {
  const { now = Date.now, wait = sleep, settleMs = 120_000 } = ports;
  const deadlineAt = now() + settleMs;
  let seen = order;
  for (
    let delayMs = 100;
    seen.status === 'pending' || seen.status === 'refunding';
    delayMs = Math.min(2000, delayMs * 2)
  ) {
    if (now() + delayMs > deadlineAt)
      throw new Error(`order ${seen.orderId} is still ${seen.status} after ${settleMs} ms`);
    await wait(delayMs);
    seen = (await readOrder(planned, ports)) ?? seen;
  }
  return seen;
}

async function readOrder(planned: PlannedOrder, { shop, tokens }: ShopPorts): Promise<Order | undefined> {
  const token = tokens.of(planned.customerId);
  const answer = await shop.send<Order>({ method: 'GET', path: pathOf(planned), token });
  if (answer.status === 200) return answer.body;
  if (answer.status === 404) return undefined;
  throw new Error(`an order cannot be read: ${JSON.stringify(answer.body)}`);
}

function pathOf({ customerId, idempotencyKey }: PlannedOrder): string {
  return `/v1/orders/${orderIdOf(customerId, idempotencyKey)}`;
}

function refused(planned: PlannedOrder, { status, body }: Answer<Order | Problem>): Placed {
  return { planned, already: false, refusal: 'code' in body ? `${status} ${body.code}` : String(status) };
}
