import { describe, expect, test } from '@jest/globals';
import { CatalogConfig } from '@shop/catalog/config';
import { parseConfig } from '@shop/config';
import { OrderConfig } from '@shop/order/config';
import { PaymentConfig } from '@shop/payment/config';
import { ReconcileConfig } from '@shop/reconcile/config';
import { SandboxGatewayConfig } from '@shop/sandbox-gateway/config';
import { SetupConfig } from '@shop/setup/config';
import type { TObject } from 'typebox';
import { containersOf, environmentOf, shops } from './shop.fixture.ts';

const schemas: { [container: string]: TObject } = {
  catalog: CatalogConfig,
  order: OrderConfig,
  payment: PaymentConfig,
  reconcile: ReconcileConfig,
  'sandbox-gateway': SandboxGatewayConfig,
  setup: SetupConfig,
};
/** Read by Node and by the tracing of libs/tracing. */
const ofTheRuntime = ['NODE_OPTIONS', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG'];

describe.each(shops)('the environment of %s', (_way, shop) => {
  const ours = containersOf(shop).filter(([name]) => !name.endsWith(' collector'));

  test('is that of services, jobs and sidecars that the code has', () => {
    const names = ours.map(([name]) => name.split(' ')[1] ?? '');
    expect(names.filter((name) => !(name in schemas))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['catalog', 'order', 'payment', 'reconcile', 'setup']));
  });

  test.each(ours)('suffices for the code to start, and has nothing that nobody reads: %s', (name, container) => {
    const schema = schemas[name.split(' ')[1] ?? ''];
    if (!schema) throw new Error(`There is no schema for ${name}`);
    const environment = environmentOf(container);
    // The resolver writes <...> for what only AWS knows.
    const known = Object.entries(environment).map(([key, value]) => [key, value.replace(/<[^>]*>/g, 'token')]);
    expect(() => parseConfig(schema, Object.fromEntries(known))).not.toThrow();
    const read = [...Object.keys(schema.properties), ...ofTheRuntime];
    expect(Object.keys(environment).filter((key) => !read.includes(key))).toEqual([]);
  });

  test('names each service by the port on which it listens', () => {
    const order = environmentOf(containersOf(shop).find(([name]) => name === 'order order')?.[1] ?? {});
    for (const [, container] of ours.filter(([name]) => /^(catalog|payment) \1$/.test(name)))
      expect(environmentOf(container).PORT).toBe(new URL(order.CATALOG_URL ?? '').port);
    expect(new URL(order.PAYMENT_URL ?? '').hostname).toMatch(/^payment\.fargate-shop-\w+\.internal$/);
  });
});
