// A service in small, to be bundled: answers one request of its own, flushes its span, and ends.
import fastify from 'fastify';
import { startTracing } from '../src/tracing.ts';

async function main(): Promise<void> {
  const tracing = startTracing({ service: 'bundled', version: '1', environment: process.env });
  const app = fastify();
  await app.register(tracing.plugin);
  app.get('/v1/products/:sku', async () => 'ok');
  await app.listen({ host: '127.0.0.1', port: 0 });
  await fetch(`${app.listeningOrigin}/v1/products/kettle`);
  await app.close();
  await tracing.stop(5_000);
}

main();
