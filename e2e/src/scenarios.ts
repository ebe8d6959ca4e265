import type { Order } from '@shop/contracts/order';
import { until } from '@shop/testing/until';
import type { Customer } from './customer.ts';
import { amid } from './pause.ts';
import { persist } from './persist.ts';
import type { Shop } from './shop.ts';
import { storedItems } from './stored-items.ts';

type Settled = Order['status'];

/**
 * What can become of an order, each path to its end. Together they take every write and every call that the services
 * declare. Any service may die on the way, so each request is repeated as a client would repeat it.
 */
export const scenarios: Record<string, (shop: Shop, sku: string, buyer: Customer) => Promise<Settled | undefined>> = {
  async confirmed(_shop, sku, buyer) {
    await order(buyer, { [sku]: 2 });
    return 'confirmed';
  },

  async declined(_shop, sku, buyer) {
    await order(buyer, { [sku]: 2 }, 'pm_decline');
    return 'rejected';
  },

  async 'out of stock'(_shop, sku, buyer) {
    await order(buyer, { [sku]: 99 });
    return 'rejected';
  },

  async 'cancelled after it was confirmed'(_shop, sku, buyer) {
    const { orderId } = await order(buyer, { [sku]: 2 });
    await buyer.settled(orderId);
    await cancel(buyer, orderId);
    return 'cancelled';
  },

  async 'cancelled before its payment was asked for'(shop, sku, buyer) {
    await shop.payment.stop('SIGKILL');
    const { orderId } = await order(buyer, { [sku]: 2 });
    await cancel(buyer, orderId);
    await shop.payment.start();
    return 'cancelled';
  },

  async 'cancelled before its stock was asked for'(shop, sku, buyer) {
    await shop.catalog.stop('SIGKILL');
    const { orderId } = await order(buyer, { [sku]: 2 });
    await cancel(buyer, orderId);
    await shop.catalog.start();
    return 'cancelled';
  },

  async 'cancelled while the gateway was away'(shop, sku, buyer) {
    await shop.gateway.stop('SIGKILL');
    const { orderId } = await order(buyer, { [sku]: 2 });
    await cancel(buyer, orderId);
    await shop.gateway.start();
    return 'cancelled';
  },

  async 'asked for again once the gateway is back'(shop, sku, buyer) {
    await shop.gateway.stop('SIGKILL');
    await order(buyer, { [sku]: 2 });
    await attempted(shop, buyer, 4);
    await shop.gateway.start();
    return 'confirmed';
  },

  async 'paid slowly, by a gateway whose callers give up'(_shop, sku, buyer) {
    await order(buyer, { [sku]: 2 }, 'pm_slow');
    return 'confirmed';
  },

  async 'failed at first by the gateway'(_shop, sku, buyer) {
    await order(buyer, { [sku]: 2 }, 'pm_error');
    return 'confirmed';
  },

  async 'handed over by a service that is told to stop amid a pass'(shop, sku, buyer) {
    await amid(shop.payment, async () => {
      await order(buyer, { [sku]: 2 });
      await attempted(shop, buyer, 5);
      await shop.order.stop('SIGTERM');
    });
    await shop.order.start();
    return 'confirmed';
  },

  async 'never placed, while an administrator works on a product'(shop, sku) {
    await shop.administer(`${sku}-NEW`);
    return undefined;
  },
};

/** Sends an order until it is accepted or refused for good: always with one key. */
async function order(buyer: Customer, lines: Record<string, number>, paymentMethod = 'pm_approve'): Promise<Order> {
  const answer = await persist(() => buyer.order(lines, { paymentMethod, key: 'crash' }));
  return answer.body;
}

/** Waits for a pass of so many attempts that has just begun; the later ones last for seconds. */
async function attempted(shop: Shop, { customerId }: Customer, attempt: number): Promise<void> {
  await until(`attempt ${attempt} runs`, async () => {
    const items = await storedItems(shop);
    return items.some(
      ({ item }) =>
        item.customerId === customerId && Number(item.attempt) >= attempt && Number(item.dueAt) > Date.now() + 1000,
    );
  });
}

async function cancel(buyer: Customer, orderId: string): Promise<void> {
  await persist(() => buyer.cancel(orderId));
}
