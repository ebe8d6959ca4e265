import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem } from '../src/expect-problem.ts';
import { openTarget, type Target } from '../src/target.ts';

let shop: Target;
beforeAll(async () => {
  shop = await openTarget();
});
afterAll(() => shop?.close());

const line = { sku: 'MUG', quantity: 1 };
const order = { lines: [line], paymentMethod: 'pm_approve' };
const price = { amountMinor: 0, currency: 'GBP' };

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
