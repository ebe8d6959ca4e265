// A small server that the tests run as a process of its own. It reports to its parent what the tests have to wait for.
import { writeSync } from 'node:fs';
import Fastify from 'fastify';
import { installShutdown } from './shutdown.ts';

type Settings = { delayMs: number; deadlineMs: number; repeatWindowMs: number; hang?: string; fail?: string };

const settings: Settings = JSON.parse(process.argv[2] ?? '{}');
const released = Promise.withResolvers<void>();
let held = 0;

const app = Fastify({
  // Line by line, because the tests look at their order: pino's own destination changes it when a pipe is busy.
  logger: { stream: { write: (line) => void writeSync(1, line) } },
  forceCloseConnections: 'idle',
  return503OnClosing: false,
  keepAliveTimeout: 72_000,
});
app.get('/quick', async () => 'quick');
app.get('/held', async () => {
  held += 1;
  process.send?.({ held });
  await released.promise;
  return 'released';
});
app.get('/streamed', async (_request, reply) => {
  reply.raw.writeHead(200, { 'content-length': 2 }).write('a');
  await released.promise;
  reply.raw.end('b');
  return reply.hijack();
});
app.addHook('onClose', () => step('background work'));

installShutdown({
  app,
  log: app.log,
  drain() {
    if (settings.fail === 'drain') throw new Error('drain failed');
    app.log.info('drained');
  },
  ...settings,
  finish: [
    { name: 'flush spans', run: () => step('flush spans') },
    { name: 'flush logs', run: () => step('flush logs') },
  ],
});

process.on('message', () => released.resolve());
process.channel?.unref();
app.listen({ host: '127.0.0.1', port: 0 }).then((origin) => process.send?.({ origin }));

async function step(name: string): Promise<void> {
  if (settings.hang === name) await new Promise(() => undefined);
  if (settings.fail === name) throw new Error(`${name} failed`);
  app.log.info(`did ${name}`);
}
