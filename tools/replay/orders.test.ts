import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cancelOrder, placeOrder, type ShopPorts } from './orders.ts';
import { planOrders } from './plan.ts';
import { createShopClient } from './shop-client.ts';
import { type StandInShop, startStandInShop } from './stand-in-shop.ts';
import { nothing } from './sum.ts';
import { createTokens } from './tokens.ts';

const price = { amountMinor: 100, currency: 'GBP' };
const product = { name: 'MUG', description: '', category: 'any', price, received: 9, version: 1, writes: 1 };

let shop: StandInShop;
beforeEach(async () => {
  shop = await startStandInShop();
  shop.products.set('MUG', product);
});
afterEach(() => shop.close());

/** A clock that only waiting moves. */
function ports(): ShopPorts & { waits: number[] } {
  const client = createShopClient({ baseUrl: shop.baseUrl });
  const waits: number[] = [];
  const now = () => waits.reduce((sum, waitedMs) => sum + waitedMs, 0);
  const wait = async (delayMs: number) => void waits.push(delayMs);
  return { shop: client, tokens: createTokens(client), now, wait, settleMs: 10_000, waits };
}

function orderOf(invoiceNo: string) {
  const lines = [{ sku: 'MUG', quantity: 1, priceMinor: 100 }];
  const empty = { index: 0, leftOut: [], written: nothing, merged: 0 };
  const invoice = { ...empty, invoiceNo, kind: 'sale' as const, customerId: 'c1', lines };
  const [planned] = planOrders([invoice]).orders;
  if (!planned) throw new Error('nothing was planned');
  return planned;
}

/** Every third order is open at first. */
async function placeThree(given: ShopPorts) {
  for (const invoiceNo of ['1', '2']) await placeOrder(orderOf(invoiceNo), given);
  return await placeOrder(orderOf('3'), given);
}

test('an open order is read until it is settled, ever more slowly', async () => {
  const given = ports();
  expect(await placeThree(given)).toMatchObject({ order: { status: 'confirmed' } });
  expect(given.waits).toEqual([100, 200]);
});

test('a cancellation is waited for', async () => {
  const given = ports();
  const { planned } = await placeOrder(orderOf('1'), given);
  expect(await cancelOrder(planned, given)).toMatchObject({ order: { status: 'cancelled' } });
});

test('an order that stays open is given up', async () => {
  shop.intercept = () => {
    for (const order of shop.orders.values()) order.polls = 100;
    return undefined;
  };
  const given = ports();
  await expect(placeThree(given)).rejects.toThrow(/order ord_.{26} is still pending after 10000 ms/);
});
