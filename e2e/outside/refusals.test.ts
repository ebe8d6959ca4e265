import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem } from '../src/expect-problem.ts';
import { openTarget, type Target } from '../src/target.ts';

let shop: Target;
beforeAll(async () => {
  shop = await openTarget();
});
afterAll(() => shop?.close());

const nobodys = `ord_${'a'.repeat(26)}`;
const line = { sku: 'MUG', quantity: 1 };
const order = { lines: [line], paymentMethod: 'pm_approve' };
const price = { amountMinor: 0, currency: 'GBP' };

describe('a request without a token', () => {
  test.each([
    ['GET', '/v1/orders', 'ORDER'],
    ['POST', '/v1/orders', 'ORDER'],
    ['GET', `/v1/orders/${nobodys}`, 'ORDER'],
    ['POST', `/v1/orders/${nobodys}/cancellation`, 'ORDER'],
    ['GET', `/v1/payments/${nobodys}`, 'PAYMENT'],
    ['PUT', '/v1/products/MUG', 'CATALOG'],
    ['DELETE', '/v1/products/MUG', 'CATALOG'],
  ])('is told to bring one: %s %s', async (method, path, service) => {
    for (const [authorization, challenge] of [
      [{}, 'Bearer'],
      [{ authorization: 'Bearer of.no.token' }, 'Bearer error="invalid_token"'],
    ] as const) {
      const answer = await shop.send<unknown>(method, path, authorization);
      expectProblem(answer, 401, `${service}_UNAUTHENTICATED`);
      expect(answer.headers.get('www-authenticate')).toBe(challenge);
    }
  });
});

describe("a customer's request", () => {
  let authorization: string;
  beforeAll(async () => {
    authorization = `Bearer ${await shop.tokens.token(`customer-${randomUUID()}`)}`;
  });
  const send = (method: string, path: string, headers: object, body?: unknown) =>
    shop.send<unknown>(method, path, { authorization, ...headers }, body);

  test.each(['PUT', 'DELETE'])('to %s a product lacks the scope', async (method) => {
    const answer = await send(method, '/v1/products/MUG', { 'if-match': '*' });
    expectProblem(answer, 403, 'CATALOG_FORBIDDEN');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="shop:admin"');
  });

  test.each([
    ['a quantity of zero', { ...order, lines: [line, { sku: 'CUP', quantity: 0 }] }, '/body/lines/1/quantity'],
    ['no lines', { ...order, lines: [] }, '/body/lines'],
    ['a sku twice', { ...order, lines: [line, line] }, '/body/lines/1/sku'],
    ['a card number', { ...order, paymentMethod: '4000056655665556' }, '/body/paymentMethod'],
    ['a price of its own', { ...order, lines: [{ ...line, price }] }, '/body/lines/0'],
  ])('to order with %s is told the place of the fault', async (_what, body, pointer) => {
    const answer = await send('POST', '/v1/orders', { 'idempotency-key': randomUUID() }, body);
    expectProblem(answer, 400, 'ORDER_INVALID_REQUEST');
    expect(answer.body).toMatchObject({ errors: [{ pointer, detail: expect.any(String) }] });
  });

  test.each([
    ['/v1/products?category=mugs&limit=0', 'CATALOG', '/querystring/limit'],
    ['/v1/products?category=mugs&sort=stock', 'CATALOG', '/querystring/sort'],
    ['/v1/orders?cursor=broken', 'ORDER', '/querystring/cursor'],
    ['/v1/orders/none', 'ORDER', '/params/orderId'],
    ['/v1/payments/none', 'PAYMENT', '/params/paymentId'],
  ])('for %s is told the place of the fault', async (path, service, pointer) => {
    const answer = await send('GET', path, {});
    expectProblem(answer, 400, `${service}_INVALID_REQUEST`);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });

  test('to order without a key, in another language or by another method is a problem', async () => {
    expectProblem(await send('POST', '/v1/orders', {}, order), 400, 'ORDER_IDEMPOTENCY_KEY_REQUIRED');
    const inXml = { authorization, 'content-type': 'text/xml' };
    const xml = await fetch(`${shop.baseUrl}/v1/orders`, { method: 'POST', headers: inXml, body: '<order/>' });
    const answer = { status: xml.status, headers: xml.headers, body: await xml.json() };
    expectProblem(answer, 415, 'ORDER_UNSUPPORTED_MEDIA_TYPE');
    expectProblem(await send('PATCH', '/v1/orders', {}), 405, 'ORDER_METHOD_NOT_ALLOWED');
  });
});

describe('a problem', () => {
  const id = randomBytes(16).toString('hex');

  test.each([
    ['X-Amzn-Trace-Id', `Root=1-${id.slice(0, 8)}-${id.slice(8)}`],
    ['traceparent', `00-${id}-${randomBytes(8).toString('hex')}-01`],
  ])('carries the trace id of %s', async (header, value) => {
    for (const path of ['/v1/products/categories/none', '/v1/orders', `/v1/payments/${nobodys}`]) {
      expect(await shop.send('GET', path, { [header]: value })).toMatchObject({ body: { traceId: id } });
    }
  });

  test.each([
    ['catalog-product-not-found', 404],
    ['order-payment-declined', 402],
    ['order-invalid-request', 400],
    ['payment-not-found', 404],
    ['payment-unauthenticated', 401],
  ])('of the type %s has a page that explains it', async (slug, status) => {
    const page = await shop.send<string>('GET', `/problems/${slug}`, {});
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    expect(page.body).toContain(`<h1>${slug.toUpperCase().replaceAll('-', '_')}</h1>`);
    expect(page.body).toContain(`HTTP status ${status}`);
  });

  test('of a type that does not exist has no page', async () => {
    expectProblem(await shop.send<unknown>('GET', '/problems/order-none', {}), 404, 'ORDER_ROUTE_NOT_FOUND');
  });
});
