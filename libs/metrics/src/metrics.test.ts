import { expect, test } from '@jest/globals';
import fastify from 'fastify';
import { Counter } from 'prom-client';
import { createMetrics } from './metrics.ts';

async function measuring() {
  const { registry, plugin } = createMetrics({ service: 'catalog' });
  const app = fastify();
  await app.register(plugin);
  app.get('/v1/products/:sku', async () => ({ sku: 'x' }));
  return { app, registry, page: async () => (await app.inject('/metrics')).body };
}

test('requests are counted by method, route pattern and status, into buckets of seconds', async () => {
  const { app, page } = await measuring();
  await app.inject('/v1/products/kettle');
  await app.inject('/v1/products/teapot');
  await app.inject('/nowhere');
  const text = await page();
  const series = (labels: string) =>
    text.split('\n').find((line) => line.startsWith(`http_request_duration_seconds_count{`) && line.includes(labels));
  expect(series('method="GET",route="/v1/products/:sku",status="200"')).toMatch(/ 2$/);
  expect(series('method="GET",route="unmatched",status="404"')).toMatch(/ 1$/);
  expect(text).toMatch(
    /http_request_duration_seconds_bucket\{[^}]*le="30"[^}]*route="\/v1\/products\/:sku"[^}]*\} 2|http_request_duration_seconds_bucket\{le="30"[^}]*\/v1\/products\/:sku[^}]*\} 2/,
  );
  expect(text).not.toContain('kettle');
});

test('the page is Prometheus text and has the metrics of the process, each with the service', async () => {
  const { app } = await measuring();
  const { headers, body } = await app.inject('/metrics');
  expect(headers['content-type']).toContain('text/plain; version=0.0.4');
  expect(body).toMatch(/process_resident_memory_bytes\{service="catalog"\} \d+/);
  expect(body).toMatch(/nodejs_eventloop_lag_seconds\{service="catalog"\}/);
});

test("a service's own metrics stand on the same page, and two services do not share a registry", async () => {
  const [order, payment] = [await measuring(), await measuring()];
  new Counter({ name: 'orders_total', help: 'Orders.', labelNames: ['outcome'], registers: [order.registry] }).inc({
    outcome: 'confirmed',
  });
  expect(await order.page()).toContain('orders_total{outcome="confirmed",service="catalog"} 1');
  expect(await payment.page()).not.toContain('orders_total');
});
