import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderInput } from '@shop/contracts/order';
import type { GiveToken } from '@shop/load-generator/issuer-client';
import { type Shelf, stockShelf } from '@shop/load-generator/shelf';
import { createShopClient, type ShopClient } from '@shop/load-generator/shop-client';
import type { Tally } from '@shop/load-generator/tally';
import type { PlacedOrder } from '@shop/load-generator/visits';

export type Purchases = {
  /** Answered with 201. */
  bought: PlacedOrder[];
  /** Idempotency keys of orders that got no such answer, however often they were repeated. */
  unsettled: string[];
  /** Orders that took more than one request. */
  repeated: number;
};

export type BuyersOptions = { url: string; giveToken: GiveToken; tally: Tally; buyers: number; pauseMs?: number };

const REQUEST_TIMEOUT_MS = 10_000;
const SETTLED_WITHIN_MS = 60_000;

/**
 * Buyers who repeat an order with its key until it is settled, whatever goes wrong meanwhile, and then order again.
 * `purchases` grows while they run, until the signal and the end of the orders they have begun.
 */
export function createBuyers({ url, giveToken, tally, buyers, pauseMs = 500 }: BuyersOptions) {
  const purchases: Purchases = { bought: [], unsettled: [], repeated: 0 };
  const client = createShopClient('fresh', { baseUrl: url, timeoutMs: REQUEST_TIMEOUT_MS, tally });

  async function run(signal: AbortSignal): Promise<Purchases> {
    try {
      const shelf = await stockShelf(client, giveToken);
      await Promise.all(Array.from({ length: buyers }, (_, number) => shop(number, shelf, signal)));
    } finally {
      await client.close();
    }
    return purchases;
  }

  async function shop(number: number, { skus }: Shelf, signal: AbortSignal): Promise<void> {
    const customerId = `buyer-${number}`;
    for (let turn = 0; !signal.aborted; turn += 1) {
      const sku = skus[(turn * buyers + number) % skus.length] ?? '';
      await buy(client, customerId, { lines: [{ sku, quantity: 1 }], paymentMethod: 'pm_approve' });
    }
  }

  async function buy(client: ShopClient, customerId: string, body: OrderInput): Promise<void> {
    const key = randomUUID();
    const deadlineAt = performance.now() + SETTLED_WITHIN_MS;
    for (let attempt = 1; performance.now() < deadlineAt; attempt += 1) {
      const answer = await client.send({
        name: 'POST /v1/orders',
        method: 'POST',
        path: '/v1/orders',
        headers: { authorization: `Bearer ${await giveToken(customerId)}`, 'idempotency-key': key },
        body,
        expected: [201, 202],
      });
      if (attempt === 2) purchases.repeated += 1;
      if (answer?.status === 201) {
        purchases.bought.push({ orderId: JSON.parse(answer.text).orderId, customerId, status: 201 });
        return;
      }
      await sleep(pauseMs);
    }
    purchases.unsettled.push(key);
  }

  return { run, purchases };
}
