import { expect, test } from '@jest/globals';
import fastify, { LogController } from 'fastify';
import { createLogger, requestLogging, shareLogger } from './logging.ts';

const headers = { 'content-type': 'application/json' };

async function answering(level = 'info', onRequestLine = () => {}) {
  const lines: Record<string, unknown>[] = [];
  const destination = {
    write(line: string) {
      lines.push(JSON.parse(line));
      if (lines.at(-1)?.msg === 'request') onRequestLine();
    },
  };
  const app = fastify({
    loggerInstance: createLogger({ service: 'catalog', version: '1', level, destination }),
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: shareLogger,
  });
  app.setNotFoundHandler(async (request, reply) => {
    request.log.debug('not found');
    return reply.code(404).send();
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
  expect(JSON.stringify(lines)).not.toMatch(/pm_|42424242/);
});

test('no line has an id of the request, also where there is no route', async () => {
  const { app, lines } = await answering('debug');
  await app.inject('/nowhere');
  expect(lines.map(({ msg }) => msg)).toEqual(['not found', 'request']);
  for (const line of lines) expect(line).not.toHaveProperty('reqId');
});

test('a client that hangs up before it is answered leaves one line too', async () => {
  const written = Promise.withResolvers<void>();
  const { app, lines } = await answering('info', written.resolve);
  const arrived = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<string>();
  app.post('/slow', () => {
    arrived.resolve();
    return answered.promise;
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const client = new AbortController();
  const asking = fetch(`${origin}/slow`, { method: 'POST', body: '{}', headers, signal: client.signal });
  await arrived.promise;
  lines.length = 0;
  client.abort();
  await expect(asking).rejects.toThrow();
  await written.promise;
  answered.resolve('too late');
  await app.close();
  expect(lines).toMatchObject([{ msg: 'request', method: 'POST', route: '/slow', status: 499 }]);
});

test('probes are written at debug only', async () => {
  const quiet = await answering();
  await quiet.app.inject('/livez');
  const verbose = await answering('debug');
  await verbose.app.inject('/livez');
  expect([quiet.lines.length, verbose.lines[0]?.level]).toEqual([0, 'debug']);
});
