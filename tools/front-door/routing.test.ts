import { describe, expect, test } from '@jest/globals';
import { createRouter } from './routing.ts';

const rule = (priority: number, service: string, ...paths: string[]) => ({ service, priority, paths });

describe('the rules of the balancer', () => {
  test.each([
    ['/v1/products', '/v1/products', true],
    ['/v1/products', '/v1/products/', false],
    ['/v1/products', '/V1/products', false],
    ['/v1/products/*', '/v1/products/', true],
    ['/v1/products/*', '/v1/products/a/b', true],
    ['/v1/products/*', '/v1/products', false],
    ['/v1/p?', '/v1/p1', true],
    ['/v1/p?', '/v1/p', false],
    ['/v1.0/*', '/v1x0/a', false],
    ['/problems/order-*', '/problems/order-', true],
  ])('%s against %s: %s', (pattern, path, matches) => {
    const route = createRouter({ rules: [rule(1, 'catalog', pattern)], servicePages: [] }, false);
    expect(route(path)?.service === 'catalog').toBe(matches);
  });

  test('the lowest priority number wins, wherever it stands in the list', () => {
    const rules = [rule(20, 'order', '/v1/*'), rule(10, 'catalog', '/v1/products')];
    const route = createRouter({ rules, servicePages: [] }, false);
    expect(route('/v1/products')?.service).toBe('catalog');
    expect(route('/v1/orders')?.service).toBe('order');
  });

  test('two rules of one priority are refused, as the balancer refuses them', () => {
    const rules = [rule(10, 'order', '/a'), rule(10, 'catalog', '/b')];
    expect(() => createRouter({ rules, servicePages: [] }, false)).toThrow('priority');
  });
});
