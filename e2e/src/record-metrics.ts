import { randomUUID } from 'node:crypto';
import { startEndpoint } from '@shop/task-metadata/testing/endpoint';
import { statsDocument, taskDocument } from '@shop/task-metadata/testing/endpoint-documents';
import { until } from '@shop/testing/until';
import { type Shop, startShop } from './shop.ts';

/** What the services show on `/metrics`, by the name by which Prometheus finds them. */
export type RecordedMetrics = Record<'catalog' | 'order' | 'payment' | 'sandbox-gateway', string>;

/** Runs the shop as if on ECS, lets customers confirm, cancel and fail to get orders, and reads what it shows then. */
export async function recordMetrics(): Promise<RecordedMetrics> {
  const endpoint = await startEndpoint({
    '/v4/self/task': taskDocument('v4'),
    '/v4/self/task/stats': statsDocument('v4', 10_000, 100_000),
  });
  const shop = await startShop({ all: { ECS_CONTAINER_METADATA_URI_V4: `${endpoint.url}/v4/self` } });
  try {
    await placeOrders(shop);
    await breakOff(shop);
    const [catalog, order, payment, gateway] = await Promise.all(
      [shop.catalog, shop.order, shop.payment, shop.gateway].map(async ({ url }) =>
        (await fetch(`${url}/metrics`)).text(),
      ),
    );
    if (!catalog || !order || !payment || !gateway) throw new Error('a service shows no metrics');
    return { catalog, order, payment, 'sandbox-gateway': gateway };
  } finally {
    await shop.stop();
    await endpoint.stop();
  }
}

/** Requests that no route sees, and one whose client does not wait for the answer. */
async function breakOff({ issuer, order, stock }: Shop): Promise<void> {
  await fetch(`${order.url}/%c0%`);
  const sku = `SKU-${randomUUID()}`;
  await stock(sku);
  await fetch(`${order.url}/v1/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await issuer.token('impatient')}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ lines: [{ sku, quantity: 1 }], paymentMethod: 'pm_slow' }),
    signal: AbortSignal.timeout(300),
  }).catch(() => undefined);
  await until('the hang-up is counted', async () =>
    (await (await fetch(`${order.url}/metrics`)).text()).includes('status="499"'),
  );
}

async function placeOrders(shop: Shop): Promise<void> {
  const sku = `SKU-${randomUUID()}`;
  await shop.stock(sku, { received: 3 });
  const buyer = shop.customer();
  const { body } = await buyer.order({ [sku]: 1 });
  await buyer.settled(body.orderId);
  await buyer.cancel(body.orderId);
  await buyer.settled(body.orderId);
  for (const [quantity, paymentMethod] of [
    [1, 'pm_approve'],
    [1, 'pm_decline'],
    [9, 'pm_approve'],
  ] as const) {
    await buyer.order({ [sku]: quantity }, { paymentMethod });
  }
}
