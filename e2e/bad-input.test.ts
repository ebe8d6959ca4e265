import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { type Shop, startShop } from './src/shop.ts';
import { storedItems } from './src/stored-items.ts';

type Sent = { method: string; path: string; headers?: Record<string, string>; body?: string };

let shop: Shop;
let bearer: string;
let admin: string;
let before: string;
beforeAll(async () => {
  shop = await startShop({ recovery: 'shipped' });
  await shop.stock('MUG');
  bearer = `Bearer ${await shop.issuer.token('buyer')}`;
  admin = `Bearer ${await shop.issuer.token('admin', { admin: true })}`;
  before = JSON.stringify(await storedItems(shop));
});
afterAll(async () => {
  expect(JSON.stringify(await storedItems(shop))).toBe(before);
  await shop.stop();
});

async function expectProblem({ method, path, headers = {}, body }: Sent, status: number) {
  const answer = await fetch(`${shop.baseUrl}${path}`, { method, headers, ...(body !== undefined && { body }) });
  const text = await answer.text();
  expect([answer.status, text]).toEqual([status, expect.stringContaining('"code":')]);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = JSON.parse(text);
  expect(problem).toMatchObject({ status, code: expect.stringMatching(/^[A-Z_]+$/), title: expect.any(String) });
  expect(problem.type).toBe(`/problems/${problem.code.toLowerCase().replaceAll('_', '-')}`);
  return { problem, headers: answer.headers };
}

const json = { 'content-type': 'application/json' };
const line = { sku: 'MUG', quantity: 1 };
const order = { lines: [line], paymentMethod: 'pm_approve' };
const product = { name: 'A', description: '', category: 'a', price: { amountMinor: 1, currency: 'GBP' }, received: 1 };

describe('a bad order', () => {
  const post = (body: string, headers: Record<string, string> = {}) => ({
    method: 'POST',
    path: '/v1/orders',
    headers: { ...json, authorization: bearer, 'idempotency-key': 'bad', ...headers },
    body,
  });

  test.each<[string, unknown]>([
    ['no lines', { paymentMethod: 'pm_approve' }],
    ['empty lines', { ...order, lines: [] }],
    ['lines that are no list', { ...order, lines: line }],
    [
      'a hundred lines',
      { ...order, lines: Array.from({ length: 100 }, (_, index) => ({ sku: `S${index}`, quantity: 1 })) },
    ],
    ['a sku twice', { ...order, lines: [line, line] }],
    ['a quantity of zero', { ...order, lines: [{ ...line, quantity: 0 }] }],
    ['a negative quantity', { ...order, lines: [{ ...line, quantity: -1 }] }],
    ['half a unit', { ...order, lines: [{ ...line, quantity: 0.5 }] }],
    ['a quantity above the limit', { ...order, lines: [{ ...line, quantity: 10_001 }] }],
    ['a quantity as text', { ...order, lines: [{ ...line, quantity: '1' }] }],
    ['a price from the client', { ...order, lines: [{ ...line, price: { amountMinor: 1, currency: 'GBP' } }] }],
    ['a sku that is none', { ...order, lines: [{ ...line, sku: '../secret' }] }],
    ['no payment method', { lines: [line] }],
    ['a card number', { ...order, paymentMethod: '4000056655665556' }],
    ['a payment method as an object', { ...order, paymentMethod: { token: 'pm_approve' } }],
    ['a member that is not known', { ...order, customerId: 'somebody-else' }],
    ['null', null],
    ['a list', [order]],
    ['a number', 7],
    ['a prototype', JSON.parse('{"__proto__": {"lines": []}}')],
  ])('with %s is a 400 with the place of the fault', async (_what, body) => {
    const { problem } = await expectProblem(post(JSON.stringify(body)), 400);
    if (problem.errors) expect(problem.errors[0].pointer).toMatch(/^\/body/);
  });

  test.each<[string, string, Record<string, string>, number]>([
    ['broken JSON', '{"lines":', {}, 400],
    ['no body', '', {}, 400],
    ['a huge body', JSON.stringify({ ...order, note: 'x'.repeat(1_000_000) }), {}, 413],
    ['the wrong content type', '<order/>', { 'content-type': 'text/xml' }, 415],
    ['a key that is too long', JSON.stringify(order), { 'idempotency-key': 'k'.repeat(256) }, 400],
    ['a key with a space', JSON.stringify(order), { 'idempotency-key': 'two words' }, 400],
    ['an empty key', JSON.stringify(order), { 'idempotency-key': '' }, 400],
  ])('with %s is a problem', async (_what, body, headers, status) => {
    await expectProblem(post(body, headers), status);
  });

  test('without an Idempotency-Key is told so', async () => {
    const { 'idempotency-key': _, ...headers } = post('').headers;
    const { problem } = await expectProblem({ ...post(JSON.stringify(order)), headers }, 400);
    expect(problem.code).toBe('ORDER_IDEMPOTENCY_KEY_REQUIRED');
  });
});

describe('a bad product', () => {
  const put = (body: unknown, headers: Record<string, string> = {}, sku = 'NEW') => ({
    method: 'PUT',
    path: `/v1/products/${sku}`,
    headers: { ...json, authorization: admin, 'if-none-match': '*', ...headers },
    body: JSON.stringify(body),
  });

  test.each<[string, unknown]>([
    ['no name', { ...product, name: undefined }],
    ['a price of zero', { ...product, price: { amountMinor: 0, currency: 'GBP' } }],
    ['a price in fractions', { ...product, price: { amountMinor: 1.5, currency: 'GBP' } }],
    ['a currency that does not exist', { ...product, price: { amountMinor: 1, currency: 'QQQ' } }],
    ['a negative stock', { ...product, received: -1 }],
    ['stock that may not be set', { ...product, available: 5 }],
    ['a category that is none', { ...product, category: 'Not A Slug' }],
    ['a name of megabytes', { ...product, name: 'x'.repeat(10_000) }],
  ])('with %s is a 400', async (_what, body) => void (await expectProblem(put(body), 400)));

  test('without a condition is a 428, on one that was not met a 412', async () => {
    const { 'if-none-match': _, ...headers } = put(product).headers;
    await expectProblem({ ...put(product), headers }, 428);
    await expectProblem(put(product, {}, 'MUG'), 412);
    await expectProblem(put(product, { ...headers, 'if-match': '"99-1"' } as never, 'NONE'), 412);
  });

  test('under a sku that is none is a 400', async () =>
    void (await expectProblem(put(product, {}, '%23categories'), 400)));
});

describe('a bad address', () => {
  test.each<[string, string, number]>([
    ['GET', '/v1/products', 400],
    ['GET', '/v1/products?category=a&sort=stock', 400],
    ['GET', '/v1/products?category=a&limit=0', 400],
    ['GET', '/v1/products?category=a&limit=101', 400],
    ['GET', '/v1/products?category=a&limit=many', 400],
    ['GET', '/v1/products?category=a&cursor=forged', 400],
    ['GET', '/v1/products?category=a&colour=red', 400],
    ['GET', `/v1/products/${'x'.repeat(65)}`, 400],
    ['GET', '/v1/products/NONE', 404],
    ['GET', '/v1/orders?cursor=forged', 400],
    ['GET', '/v1/orders?limit=-1', 400],
    ['GET', '/v1/orders/not-an-order', 400],
    ['GET', `/v1/orders/ord_${'a'.repeat(26)}`, 404],
    ['POST', `/v1/orders/ord_${'a'.repeat(26)}/cancellation`, 404],
    ['GET', `/v1/payments/ord_${'a'.repeat(26)}`, 404],
    ['GET', '/v1/payments/x', 400],
    ['PATCH', '/v1/orders', 405],
    ['DELETE', '/v1/products', 405],
    ['GET', '/', 404],
    ['GET', '/v2/products', 404],
    ['PUT', `/internal/reservations/ord_${'a'.repeat(26)}`, 404],
    ['PUT', `/internal/payments/ord_${'a'.repeat(26)}`, 404],
    ['GET', '/v1/orders/%2e%2e/%2e%2e/internal/payments', 404],
    ['GET', '/livez', 404],
    ['GET', '/metrics', 404],
  ])('%s %s answers %s', async (method, path, status) => {
    await expectProblem({ method, path, headers: { authorization: bearer } }, status);
  });
});

describe('a bad token', () => {
  const tokens: Record<string, () => Promise<string> | string> = {
    'that is missing': () => '',
    'that is no token': () => 'Bearer nonsense',
    'of another scheme': () => 'Basic YTpi',
    'that has expired': async () =>
      `Bearer ${await shop.issuer.token('buyer', { exp: Math.floor(Date.now() / 1000) - 120 })}`,
    'for another audience': async () => `Bearer ${await shop.issuer.token('buyer', { aud: 'another-shop' })}`,
    'of another issuer': async () => `Bearer ${await shop.issuer.token('buyer', { iss: 'http://evil.example' })}`,
    'without a subject': async () => `Bearer ${await shop.issuer.token('')}`,
    'with alg none': () => `Bearer ${shop.issuer.unsigned('buyer')}`,
    'signed with a shared secret': async () =>
      `Bearer ${await new SignJWT(shop.issuer.claims('buyer'))
        .setProtectedHeader({ alg: 'HS256', kid: shop.issuer.keyId })
        .sign(Buffer.from('x'.repeat(32)))}`,
  };
  const routes: Sent[] = [
    { method: 'POST', path: '/v1/orders', body: JSON.stringify(order), headers: { ...json, 'idempotency-key': 'k' } },
    { method: 'GET', path: '/v1/orders' },
    { method: 'GET', path: `/v1/orders/ord_${'a'.repeat(26)}` },
    { method: 'POST', path: `/v1/orders/ord_${'a'.repeat(26)}/cancellation` },
    { method: 'GET', path: `/v1/payments/ord_${'a'.repeat(26)}` },
    {
      method: 'PUT',
      path: '/v1/products/NEW',
      body: JSON.stringify(product),
      headers: { ...json, 'if-none-match': '*' },
    },
    { method: 'DELETE', path: '/v1/products/MUG', headers: { 'if-match': '"1-10"' } },
  ];

  test.each(Object.keys(tokens))('%s is a 401 with a challenge on every route that needs one', async (kind) => {
    const authorization = (await tokens[kind]?.()) ?? '';
    for (const route of routes) {
      const { headers } = await expectProblem(
        { ...route, headers: { ...route.headers, ...(authorization && { authorization }) } },
        401,
      );
      expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  test('without the scope is a 403', async () => {
    for (const route of routes.slice(-2)) {
      await expectProblem({ ...route, headers: { ...route.headers, authorization: bearer } }, 403);
    }
  });
});
