import { expect, test } from '@jest/globals';
import fastify, { LogController } from 'fastify';
import { createLogger, requestLogging } from './logging.ts';

async function answering(level = 'info') {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => lines.push(JSON.parse(line)) };
  const app = fastify({
    loggerInstance: createLogger({ service: 'catalog', version: '1', level, destination }),
    logController: new LogController({ disableRequestLogging: true }),
  });
  await app.register(requestLogging());
  app.get('/v1/products/:sku', async () => ({ sku: 'x' }));
  app.get('/livez', async () => 'ok');
  app.post('/fails', async () => {
    throw new Error('charge of pm_approve failed');
  });
  return { app, lines };
}

test('each answer leaves one line with method, route pattern, status and duration', async () => {
  const { app, lines } = await answering();
  await app.inject('/v1/products/kettle?secret=1');
  expect(lines).toEqual([
    expect.objectContaining({
      level: 'info',
      msg: 'request',
      method: 'GET',
      route: '/v1/products/:sku',
      status: 200,
      durationMs: expect.any(Number),
    }),
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/kettle|secret/);
});

test('a 5xx is an error line and an unknown path leaves no trace of itself', async () => {
  const { app, lines } = await answering();
  await app.inject({ method: 'POST', url: '/fails', payload: { paymentMethod: 'pm_approve' } });
  await app.inject('/4242424242424242');
  expect(lines.map(({ level, route, status }) => ({ level, route, status }))).toEqual([
    { level: 'error', route: '/fails', status: 500 },
    { level: 'info', route: 'unmatched', status: 404 },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/pm_|4242/);
});

test('probes are written at debug only', async () => {
  const quiet = await answering();
  await quiet.app.inject('/livez');
  const verbose = await answering('debug');
  await verbose.app.inject('/livez');
  expect([quiet.lines.length, verbose.lines[0]?.level]).toEqual([0, 'debug']);
});
