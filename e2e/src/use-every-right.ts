import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { amid } from './pause.ts';
import { persist } from './persist.ts';
import { play } from './play.ts';
import type { RecordedShop } from './recorded-shop.ts';
import { scenarios } from './scenarios.ts';

/** Drives the shop until each of its processes has sent every call that it has. */
export async function useEveryRight(shop: RecordedShop): Promise<void> {
  await expectExit(0, shop.setup());
  // Together they take every write that the services declare, as crash.test.ts makes sure.
  for (const name of Object.keys(scenarios)) await play(shop, name);
  await readEverything(shop);
  await recoverAfterKill(shop);
  await disagree(shop);
  await expectExit(1, shop.reconcile('--json', '--repair'));
}

async function expectExit(code: number, run: Promise<{ exitCode: number | null; output: string }>): Promise<void> {
  const { exitCode, output } = await run;
  if (exitCode !== code) throw new Error(`A job ended with ${exitCode} in place of ${code}:\n${output}`);
}

/** What customers and visitors may look at. */
async function readEverything({ baseUrl, customer, stock }: RecordedShop): Promise<void> {
  const [buyer, sku] = [customer(), `SKU-${randomUUID()}`];
  await stock(sku);
  const { body } = await buyer.place({ [sku]: 1 });
  const lists = ['?category=test', '?category=test&sort=price', '/categories', `/${sku}`];
  const paths = [
    ...lists.map((path) => `/v1/products${path}`),
    '/v1/orders',
    `/v1/orders/${body.orderId}`,
    `/v1/payments/${body.orderId}`,
  ];
  for (const path of paths) {
    const { status } = await persist(() => buyer.get(path));
    if (status !== 200) throw new Error(`${baseUrl}${path} was answered ${status}`);
  }
}

/** An order whose process was killed while its payment hung is found through the index of open orders, and finished. */
async function recoverAfterKill(shop: RecordedShop): Promise<void> {
  const [buyer, sku] = [shop.customer(), `SKU-${randomUUID()}`];
  await shop.stock(sku);
  const { body } = await amid(shop.payment, async () => {
    const placed = await persist(() => buyer.order({ [sku]: 1 }, { key: 'killed' }));
    await shop.order.stop('SIGKILL');
    return placed;
  });
  await shop.order.start();
  const { status } = await buyer.settled(body.orderId);
  if (status !== 'confirmed') throw new Error(`The order was not recovered, but is ${status}`);
}

/** Reconcile looks twice at what differs: a unit too many on a shelf, and money taken for no order. */
async function disagree({ gateway, apiKey, tables, stock }: RecordedShop): Promise<void> {
  const sku = `SKU-${randomUUID()}`;
  await stock(sku);
  const oneMore = new UpdateCommand({
    TableName: tables.names.products,
    Key: { sku },
    UpdateExpression: 'SET available = available + :one',
    ExpressionAttributeValues: { ':one': 1 },
  });
  await tables.dynamo.write('a unit too many', oneMore, { deadlineAt: Date.now() + 5000 });
  const reference = `ord_${'a'.repeat(26)}`;
  const { status } = await fetch(`${gateway.url}/v1/charges`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': reference },
    body: JSON.stringify({ amountMinor: 250, currency: 'GBP', paymentMethod: 'pm_approve', reference }),
  });
  if (status !== 200) throw new Error(`The gateway answered ${status}`);
}
