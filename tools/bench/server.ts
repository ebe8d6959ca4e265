// One variant as a process of its own: says where it listens, and then what it has used whenever it is asked.
import { createLogger, requestLogging, shareLogger } from '@shop/logging';
import { createMetrics } from '@shop/metrics';
import { startTracing } from '@shop/tracing';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { productRoute } from './product-route.ts';

export type Usage = { cpuMs: number; busyMs: number };

const origin = { service: 'catalog', version: '1.0.0' };
const task = { taskId: '0123456789abcdef0123456789abcdef', availabilityZone: 'eu-west-1a' };

const { app, finish } =
  process.env.BENCH_OBSERVED === 'true' ? await observed() : { app: fastify(), finish: async () => {} };
await app.register(productRoute);
const origins = await app.listen({ host: '127.0.0.1', port: 0 });

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1_000, busyMs: performance.eventLoopUtilization().active });
});
process.on('disconnect', async () => {
  await finish();
  process.exit();
});
process.send?.({ origin: origins });

/** As libs/service puts them together. */
async function observed(): Promise<{ app: FastifyInstance; finish(): Promise<void> }> {
  const tracing = startTracing({ ...origin, environment: process.env });
  const app = fastify({
    loggerInstance: createLogger({ ...origin, ...task, level: 'info', pretty: false }) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: shareLogger,
  });
  await app.register(tracing.plugin);
  await app.register(requestLogging());
  await app.register(createMetrics(origin).plugin);
  return { app, finish: () => tracing.stop(5_000) };
}
