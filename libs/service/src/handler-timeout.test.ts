import { afterEach, describe, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import request from 'supertest';
import { Type } from 'typebox';
import { limitHandlers } from './handler-timeout.ts';
import { createService, deadlineOf, type Service } from './service.ts';

let service: Service | undefined;
afterEach(() => service?.close());

describe("a request's deadline", () => {
  test.each([
    ["is the service's own without a caller's", {}, 5000],
    ["is the caller's when that is sooner", { 'x-request-timeout-ms': '40' }, 40],
    ["is the service's own when the caller has longer", { 'x-request-timeout-ms': '999999' }, 5000],
    ['does not heed nonsense', { 'x-request-timeout-ms': '-1' }, 5000],
  ])('%s', async (_title, headers, deadlineAt) => {
    const app = Fastify();
    limitHandlers(app, { timeoutMs: 5000, failure: () => new Error('too slow'), now: () => 0 });
    app.get('/', async (incoming) => ({ deadlineAt: deadlineOf(incoming) }));
    expect((await app.inject({ url: '/', headers })).json()).toEqual({ deadlineAt });
  });
});

describe('a handler that takes too long', () => {
  test.each([
    ['without a body', (hung: Service) => request(hung.app.server).get('/hangs')],
    ['with a body', (hung: Service) => request(hung.app.server).post('/hangs').send({ quantity: 1 })],
  ])('is answered for when the request came %s, with its trace id', async (_what, send) => {
    service = await createHungService();
    await service.app.ready();
    const answer = await send(service);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.body).toMatchObject({ code: 'DEMO_UNAVAILABLE', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });
});

async function createHungService(): Promise<Service> {
  const hung = await createService({
    name: 'demo',
    description: 'A service whose handlers never end.',
    config: {
      HOST: '127.0.0.1',
      PORT: 0,
      LOG_LEVEL: 'fatal',
      SERVICE_VERSION: '1.2.3',
      SHUTDOWN_DELAY_MS: 0,
      SHUTDOWN_DEADLINE_MS: 1000,
      HANDLER_TIMEOUT_MS: 50,
      KEEP_ALIVE_TIMEOUT_MS: 1000,
      REQUEST_TIMEOUT_MS: 1000,
    },
    problems: [],
  });
  const schema = { body: Type.Object({ quantity: Type.Integer() }) };
  hung.app.get('/hangs', () => new Promise(() => {}));
  hung.app.post('/hangs', { schema }, () => new Promise(() => {}));
  return hung;
}
