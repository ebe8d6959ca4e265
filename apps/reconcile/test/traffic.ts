import { randomUUID } from 'node:crypto';
import type { TestShop } from './test-shop.ts';

const quantity = 2;
const price = { amountMinor: 450, currency: 'GBP' };
const total = { amountMinor: 900, currency: 'GBP' };
const lines = [{ sku: 'MUG', quantity, price }];

/** Order ids that are the same in each run, so that the pages are too. */
export function orderIdOf(number: number): string {
  return `ord_${number.toString(2).replaceAll('0', 'a').replaceAll('1', 'b').padStart(26, 'q')}`;
}

/**
 * Sells and cancels in the steps of the real services, each of them one write or transaction, so that a reader may come
 * between any two. Every fourth call also cancels the order before. After `limit` sales nothing more happens.
 */
export function createTraffic(shop: TestShop, { limit = 60 } = {}) {
  let sold = 0;
  return async () => {
    if (sold >= limit) return;
    sold += 1;
    const number = sold;
    const chargeId = await sell(orderIdOf(number));
    if (number % 4 === 0) await cancel(orderIdOf(number), chargeId);
  };

  async function sell(orderId: string): Promise<string> {
    await shop.order({ orderId, status: 'pending', version: 1, openSince: Date.now() });
    await move(orderId, { status: 'held', version: 1 }, -quantity);
    await shop.payment({ orderId, status: 'intended', version: 1 });
    const chargeId = shop.charge(orderId);
    await shop.payment({ orderId });
    await shop.order({ orderId, total, chargeId });
    return chargeId;
  }

  async function cancel(orderId: string, chargeId: string): Promise<void> {
    await shop.order({ orderId, status: 'refunding', total, chargeId, version: 3, openSince: Date.now() });
    for (const charge of shop.gateway.charges) {
      if (charge.chargeId === chargeId) charge.refundedMinor = charge.amountMinor;
    }
    await shop.payment({ orderId, status: 'refunded', version: 3 });
    const ttl = Math.floor(Date.now() / 1000) + 30 * 24 * 3600;
    await move(orderId, { status: 'released', version: 2, ttl }, quantity);
    await shop.order({ orderId, status: 'cancelled', total, chargeId, version: 4 });
  }

  /** The reservation and the product move in one transaction. */
  async function move(orderId: string, reservation: object, units: number): Promise<void> {
    const put = { TableName: shop.names.reservations, Item: { orderId, lines, ...reservation } };
    const update = {
      TableName: shop.names.products,
      Key: { sku: 'MUG' },
      UpdateExpression: 'SET available = available + :units',
      ExpressionAttributeValues: { ':units': units },
    };
    const options = { deadlineAt: Date.now() + 5000, token: randomUUID() };
    const moved = await shop.dynamo.transact('seed.move', [{ Put: put }, { Update: update }], options);
    if (!moved.written) throw new Error('the stock did not move');
  }
}
