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
  const within30s = (line: string) =>
    ['_bucket{', 'le="30"', 'route="/v1/products/:sku"'].every((part) => line.includes(part));
  expect(text.split('\n').find(within30s)).toMatch(/ 2$/);
  expect(text).not.toMatch(/kettle|status="499"/);
});

test('a client that hangs up before it is answered counts as status 499', async () => {
  const { app, page } = await measuring();
  const arrived = Promise.withResolvers<void>();
  const closed = new Promise((resolve) => app.server.once('connection', (socket) => socket.once('close', resolve)));
  app.get('/hangs', () => {
    arrived.resolve();
    return new Promise(() => {});
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const client = new AbortController();
  const asking = fetch(`${origin}/hangs`, { signal: client.signal });
  await arrived.promise;
  client.abort();
  await expect(asking).rejects.toThrow();
  await closed;
  expect(await page()).toMatch(/_count\{[^}]*route="\/hangs",status="499"[^}]*\} 1/);
  await app.close();
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
