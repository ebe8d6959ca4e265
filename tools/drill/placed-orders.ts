import type { OrderPage } from '@shop/contracts/order';
import type { GiveToken } from '@shop/load-generator/issuer-client';
import type { PlacedOrder } from '@shop/load-generator/visits';

type Shop = { url: string; giveToken: GiveToken };

export type OrderAudit = {
  placed: number;
  /** Answered with 201 or 202, and not in the customer's list. */
  lost: string[];
  /** Not settled, although nobody works on them any more. */
  open: string[];
};

const openStates: readonly string[] = ['pending', 'refunding'];

/** Looks each order up that the shop has ever taken. */
export async function auditOrders(placed: readonly PlacedOrder[], shop: Shop): Promise<OrderAudit> {
  const found = await findOrders(placed, shop);
  const ids = placed.map(({ orderId }) => orderId);
  return {
    placed: ids.length,
    lost: ids.filter((id) => !found.has(id)),
    open: ids.filter((id) => openStates.includes(found.get(id) ?? '')),
  };
}

/** The state of each order that stands in the list of one of these customers. */
export async function findOrders(placed: readonly PlacedOrder[], shop: Shop): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const customerId of new Set(placed.map((order) => order.customerId))) {
    for await (const { orderId, status } of ordersOf(customerId, shop)) found.set(orderId, status);
  }
  return found;
}

async function* ordersOf(customerId: string, { url, giveToken }: Shop) {
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: '100', ...(cursor !== undefined && { cursor }) });
    const answer = await fetch(`${url}/v1/orders?${query}`, {
      headers: { authorization: `Bearer ${await giveToken(customerId)}` },
      signal: AbortSignal.timeout(10_000),
    });
    if (answer.status !== 200) throw new Error(`The orders of ${customerId} cannot be listed: ${answer.status}.`);
    const page = (await answer.json()) as OrderPage;
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
