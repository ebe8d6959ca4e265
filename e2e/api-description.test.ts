import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { readDescription } from './src/api-description.ts';
import { type Shop, startShop } from './src/shop.ts';

let shop: Shop;
let bearer: string;
let admin: string;
beforeAll(async () => {
  shop = await startShop({ recovery: 'shipped', order: { ANSWER_BUDGET_MS: '3900' } });
  await Promise.all(['MUG', 'BOWL', 'SPOON'].map((sku) => shop.stock(sku)));
  bearer = `Bearer ${await shop.issuer.token('buyer')}`;
  admin = `Bearer ${await shop.issuer.token('admin', { admin: true })}`;
});
afterAll(() => shop.stop());

describe('the API description of', () => {
  test.each(['catalog', 'order', 'payment'])('%s is valid OpenAPI 3.1', async (service) => {
    const { document } = await readDescription(`${shop.baseUrl}/${service}/openapi.json`);
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true });
  });
});

type Call = { method?: string; path: string; headers?: Record<string, string>; body?: unknown; expected: number };

describe('answers are as described', () => {
  const product = {
    name: 'Tray',
    description: '',
    category: 'test',
    price: { amountMinor: 900, currency: 'GBP' },
    received: 5,
  };
  const newOrder = (
    paymentMethod: string,
    sku = 'MUG',
    quantity = 1,
    key = randomUUID() as string,
  ): Omit<Call, 'expected'> => ({
    method: 'POST',
    path: '/v1/orders',
    headers: { authorization: bearer, 'idempotency-key': key },
    body: { lines: [{ sku, quantity }], paymentMethod },
  });

  async function expectDescribed({ method = 'GET', path, headers = {}, body, expected }: Call) {
    const service = path.startsWith('/v1/products') ? 'catalog' : path.startsWith('/v1/orders') ? 'order' : 'payment';
    const description = await readDescription(`${shop.baseUrl}/${service}/openapi.json`);
    const answer = await fetch(`${shop.baseUrl}${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type');
    const json = type?.includes('json') ? JSON.parse(text) : text;
    expect([answer.status, text]).toEqual([expected, expect.any(String)]);
    expect(description.faultsOf(method, path, { status: answer.status, type, body: json })).toEqual([]);
    return { body: json, headers: answer.headers };
  }

  test('of the catalog', async () => {
    const path = '/v1/products/TRAY';
    await expectDescribed({ path: '/v1/products/categories', expected: 200 });
    await expectDescribed({ path: '/v1/products?category=test&sort=price&limit=2', expected: 200 });
    await expectDescribed({ path: '/v1/products', expected: 400 });
    await expectDescribed({ path: '/v1/products/NONE', expected: 404 });
    const create = { method: 'PUT', path, headers: { authorization: admin, 'if-none-match': '*' }, body: product };
    const { headers } = await expectDescribed({ ...create, expected: 201 });
    await expectDescribed({ ...create, expected: 412 });
    await expectDescribed({ ...create, headers: { authorization: admin }, expected: 428 });
    await expectDescribed({ ...create, headers: {}, expected: 401 });
    await expectDescribed({ ...create, headers: { authorization: bearer }, expected: 403 });
    const etag = headers.get('etag') ?? '';
    const update = {
      ...create,
      headers: { authorization: admin, 'if-match': etag },
      body: { ...product, received: 6 },
    };
    const updated = await expectDescribed({ ...update, expected: 200 });
    await expectDescribed({ path, expected: 200 });
    const remove = {
      method: 'DELETE',
      path,
      headers: { authorization: admin, 'if-match': updated.headers.get('etag') ?? '' },
    };
    await expectDescribed({ ...remove, expected: 204 });
  });

  test('of an order and its payment', async () => {
    const { body: order } = await expectDescribed({ ...newOrder('pm_approve'), expected: 201 });
    await expectDescribed({ ...newOrder('pm_decline'), expected: 402 });
    await expectDescribed({ ...newOrder('pm_approve', 'MUG', 99), expected: 409 });
    await expectDescribed({ ...newOrder('pm_approve', 'NONE'), expected: 409 });
    await expectDescribed({ ...newOrder('4000056655665556'), expected: 400 });
    await expectDescribed({ ...newOrder('pm_approve', 'BOWL', 1, 'same'), expected: 201 });
    await expectDescribed({ ...newOrder('pm_approve', 'BOWL', 2, 'same'), expected: 422 });
    const mine = { authorization: bearer };
    await expectDescribed({ path: `/v1/orders/${order.orderId}`, headers: mine, expected: 200 });
    await expectDescribed({ path: '/v1/orders?limit=1', headers: mine, expected: 200 });
    await expectDescribed({ path: '/v1/orders', expected: 401 });
    await expectDescribed({ path: `/v1/payments/${order.paymentId}`, headers: mine, expected: 200 });
    const cancellation = { method: 'POST', path: `/v1/orders/${order.orderId}/cancellation`, headers: mine };
    await expectDescribed({ ...cancellation, expected: 200 });
    await expectDescribed({ path: `/v1/payments/${order.paymentId}`, headers: mine, expected: 200 });
    await shop.gateway.stop('SIGKILL');
    await expectDescribed({ ...newOrder('pm_approve', 'SPOON'), expected: 202 });
    await shop.gateway.start();
  });
});
