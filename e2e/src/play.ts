import { randomUUID } from 'node:crypto';
import { persist } from './persist.ts';
import { scenarios } from './scenarios.ts';
import type { Shop } from './shop.ts';

/** Plays a scenario for a new customer on a new product and waits until its order is settled as it should be. */
export async function play(shop: Shop, name: string): Promise<void> {
  const sku = `SKU-${randomUUID()}`;
  await shop.stock(sku);
  const buyer = shop.customer();
  const expected = await scenarios[name]?.(shop, sku, buyer);
  if (!expected) return;
  const { body } = await persist(() => buyer.get<{ items: { orderId: string }[] }>('/v1/orders'));
  const [placed, ...more] = body.items;
  if (!placed || more.length > 0) throw new Error(`${name}: ${body.items.length} orders in place of one`);
  const { status } = await buyer.settled(placed.orderId);
  if (status !== expected) throw new Error(`${name}: the order is ${status} in place of ${expected}`);
}
