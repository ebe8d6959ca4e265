import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { startCatalog, type TestCatalog } from './catalog.fixture.ts';

let catalog: TestCatalog;
beforeEach(async () => {
  catalog = await startCatalog();
});
afterEach(() => catalog.stop());

test('the API description is valid OpenAPI 3.1 and has every route', async () => {
  const { body } = await catalog.http.get('/openapi.json');
  const validator = new Validator();
  expect(await validator.validate(body)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  const routes = Object.entries<object>(body.paths).map(([path, methods]) => `${path} ${Object.keys(methods).sort()}`);
  expect(routes).toEqual(
    expect.arrayContaining([
      '/v1/products get',
      '/v1/products/categories get',
      '/v1/products/{sku} delete,get,put',
      '/internal/reservations/{orderId} delete,put',
    ]),
  );
});

test('each of the service’s errors has a page', async () => {
  for (const slug of ['catalog-out-of-stock', 'catalog-reservation-differs', 'catalog-precondition-failed']) {
    const { status } = await catalog.http.get(`/problems/${slug}`);
    expect([slug, status]).toEqual([slug, 200]);
  }
});
