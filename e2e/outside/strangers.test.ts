import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CategoryList } from '@shop/contracts/product';
import { expectProblem } from '../src/expect-problem.ts';
import { openTarget, type Target } from '../src/target.ts';

let shop: Target;
beforeAll(async () => {
  shop = await openTarget();
});
afterAll(() => shop?.close());

const nobodys = `ord_${'a'.repeat(26)}`;

test('a stranger may look around', async () => {
  const { status, body } = await shop.send<CategoryList>('GET', '/v1/products/categories', {});
  expect([status, body]).toEqual([200, { items: expect.any(Array) }]);
});

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
