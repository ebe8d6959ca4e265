import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { Problem } from '@shop/contracts/problem';
import { getAsWritten } from '../src/as-written.ts';
import { openTarget, type Target } from '../src/target.ts';

let shop: Target;
beforeAll(async () => {
  shop = await openTarget();
});
afterAll(() => shop?.close());

/** Only the balancer answers without a trace id. An ALB cannot call its own answer application/problem+json. */
async function expectNoRoute(method: string, path: string) {
  const { status, headers, body } = await shop.send<Problem>(method, path, {});
  expect([status, body]).toEqual([
    404,
    expect.objectContaining({ code: expect.stringMatching(/_ROUTE_NOT_FOUND$/), status: 404 }),
  ]);
  expect(body.type).toBe(`/problems/${body.code.toLowerCase().replaceAll('_', '-')}`);
  expect(body).not.toHaveProperty('traceId');
  expect(headers.get('content-type')).toMatch(/^application\/(problem\+)?json(;|$)/);
}

describe.each(['catalog', 'order', 'payment'])('the pages of %s', (service) => {
  test('are reachable only where they are exposed', async () => {
    const pages = ['docs', 'docs/', 'docs/static/swagger-ui-bundle.js', 'openapi.json', 'task'].map(
      (page) => `/${service}/${page}`,
    );
    for (const path of pages) {
      if (!shop.servicePages) await expectNoRoute('GET', path);
      else expect([path, (await shop.send('GET', path, {})).status]).toEqual([path, 200]);
    }
    if (!shop.servicePages) return;
    const { body } = await shop.send<{ openapi: string; paths: object }>('GET', `/${service}/openapi.json`, {});
    expect(await new Validator().validate(structuredClone(body))).toMatchObject({ valid: true });
    expect(Object.keys(body.paths).filter((path) => path.startsWith('/v1/'))).not.toEqual([]);
    const docs = await shop.send<string>('GET', `/${service}/docs`, {});
    expect(docs.body).toContain('swagger-ui');
  });
});

describe('what is not for the public', () => {
  const orderId = `ord_${'a'.repeat(26)}`;

  test.each([
    ['PUT', `/internal/reservations/${orderId}`],
    ['DELETE', `/internal/reservations/${orderId}`],
    ['PUT', `/internal/payments/${orderId}`],
    ['PUT', `/internal/payments/${orderId}/refund`],
    ['GET', '/livez'],
    ['GET', '/readyz'],
    ['GET', '/metrics'],
    ['GET', '/order/metrics'],
    ['GET', '/catalog/livez'],
    ['GET', '/task'],
    ['GET', '/'],
    ['GET', '/V1/orders'],
  ])('has no address: %s %s', (method, path) => expectNoRoute(method, path));

  test.each([
    '//metrics',
    '/v1/orders/../../metrics',
    '/v1/orders/%2e%2e/%2E%2e/metrics',
    '/v1/orders/..%2f..%2fmetrics',
    '/v1/orders/..\\..\\metrics',
    '/v1/orders/%252e%252e/%252e%252e/metrics',
    '/v1/orders//../../livez',
    '/v1/orders;/../../livez',
    '/order/docs/../livez',
    '/order/docs/..%2flivez',
    '/problems/order-x/../../readyz',
    'http://shop/metrics',
    'http://localhost/v1/orders/../../metrics',
  ])('is not reached by a trick: %s', async (path) => {
    const { status, body } = await getAsWritten(shop.baseUrl, path);
    // The order service may be asked for an order of that name, but without a token it does not look.
    expect([400, 401, 404]).toContain(status);
    if (body.startsWith('{')) expect(JSON.parse(body).code).toMatch(/_ROUTE_NOT_FOUND$|^ORDER_UNAUTHENTICATED$/);
  });
});
