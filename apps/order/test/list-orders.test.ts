import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import { mugs, openShop, type Shop } from './shop.ts';

let shop: Shop;
let process: Awaited<ReturnType<Shop['start']>>;
beforeAll(async () => {
  shop = await openShop();
  process = await shop.start();
  shop.catalog.stock.set('MUG', 100);
});
afterAll(() => shop.close());

/** Places orders one after the other and gives their ids, newest first. */
async function placed(customerId: string, count: number): Promise<string[]> {
  const customer = process.as(customerId);
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) ids.unshift((await customer.place()).body.orderId);
  await until('all orders are listed', () => customer.list(), { fits: ({ body }) => body.items.length === count });
  return ids;
}

const idsOf = (items: { orderId: string }[]) => items.map(({ orderId }) => orderId);

test('a customer without orders has an empty list', async () => {
  expect(await process.as('nobody').list()).toMatchObject({ status: 200, body: { items: [] } });
});

test('orders come newest first, page by page, each once', async () => {
  const ids = await placed('ada', 5);
  const ada = process.as('ada');
  const seen: string[] = [];
  let path: string | undefined = '/v1/orders?limit=2';
  for (let page = 1; path; page += 1) {
    const { status, body, headers } = await ada.send('GET', path);
    expect(status).toBe(200);
    expect(body.items).toHaveLength(page < 3 ? 2 : 1);
    seen.push(...idsOf(body.items));
    path = /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    expect(path?.includes(`cursor=${body.nextCursor}`) ?? false).toBe(body.nextCursor !== undefined);
  }
  expect(seen).toEqual(ids);
});

test('a page that holds all that is left has no successor', async () => {
  await placed('bob', 2);
  const { body, headers } = await process.as('bob').list('?limit=2');
  expect(body.items).toHaveLength(2);
  expect([body.nextCursor, headers.get('link')]).toEqual([undefined, null]);
});

test("another customer's cursor opens nothing of theirs", async () => {
  const his = await placed('carl', 2);
  const { body } = await process.as('carl').list('?limit=1');
  await placed('dora', 1);
  const answer = await process.as('dora').list(`?cursor=${body.nextCursor}`);
  expect(answer.status).toBe(200);
  expect(idsOf(answer.body.items).filter((id) => his.includes(id))).toEqual([]);
});

test('an order in the list is as it is now', async () => {
  const [orderId = ''] = await placed('eve', 1);
  await process.as('eve').cancel(orderId);
  expect((await process.as('eve').list()).body.items).toMatchObject([
    { orderId, status: 'cancelled', ...{ lines: [{}] } },
  ]);
});

test("another customer's order is unknown", async () => {
  const { body } = await process.as('fay').place(mugs());
  expect(await process.as('gus').read(body.orderId)).toMatchObject({ status: 404, body: { code: 'ORDER_NOT_FOUND' } });
});
