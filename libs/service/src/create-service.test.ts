import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { ProblemError } from '@shop/contracts/problem';
import { PeerUnavailable } from '@shop/http-client';
import request from 'supertest';
import { Type } from 'typebox';
import { createService, invalidRequest, type Service } from './service.ts';

const config = {
  HOST: '127.0.0.1',
  PORT: 0,
  LOG_LEVEL: 'fatal',
  SERVICE_VERSION: '1.2.3',
  SHUTDOWN_DELAY_MS: 0,
  SHUTDOWN_DEADLINE_MS: 1000,
  HANDLER_TIMEOUT_MS: 5000,
  KEEP_ALIVE_TIMEOUT_MS: 1000,
  REQUEST_TIMEOUT_MS: 1000,
} as const;
const soldOut = { code: 'DEMO_SOLD_OUT', status: 409, title: 'Nothing is left.' };
const Mug = Type.Object({ price: Type.Integer(), name: Type.String(), currency: Type.String({ format: 'iso-4217' }) });
const mug = { price: 255, name: 'Mug', currency: 'GBP' };

let service: Service;
let get: (path: string) => request.Test;
let postMug: (body: string | object) => request.Test;

beforeEach(async () => {
  service = await createService({ name: 'demo', description: 'A service for this test.', config, problems: [soldOut] });
  const { app } = service;
  app.post(
    '/mugs',
    { schema: { body: Type.Object(Mug.properties, { additionalProperties: false }) } },
    async ({ body }) => body,
  );
  app.post('/anything', async ({ body }) => ({ body }));
  app.get('/mugs/:id', { schema: { response: { 200: Mug } } }, async () => mug);
  app.get(
    '/shelf',
    { schema: { querystring: Type.Object({ limit: Type.Optional(Type.Integer()) }) } },
    ({ query }) => query,
  );
  app.get('/sold-out', async () => {
    throw new ProblemError(soldOut, { detail: 'Mugs are gone.', members: { sku: 'MUG' }, headers: { 'x-left': '0' } });
  });
  app.get('/torn', async () => {
    throw invalidRequest('querystring', '/cursor', 'is torn');
  });
  app.get('/broken', async () => {
    throw new Error('the password is hunter2');
  });
  app.get('/peer-away', async () => {
    throw new PeerUnavailable('catalog', 'timeout', { sent: true });
  });
  await app.ready();
  get = (path) => request(app.server).get(path);
  postMug = (body) => request(app.server).post('/mugs').set('content-type', 'application/json').send(body);
});

afterEach(() => service.close());

describe('a body is taken as it stands', () => {
  test('one that fits arrives unchanged', async () => {
    expect((await postMug(mug)).body).toEqual(mug);
  });

  test('a fault that no schema can state is answered like those of the schemas', async () => {
    const { status, body } = await get('/torn');
    expect([status, body.code]).toEqual([400, 'DEMO_INVALID_REQUEST']);
    expect(body.errors).toEqual([{ pointer: '/querystring/cursor', detail: 'is torn' }]);
  });

  test.each([
    ['a number in a string', { ...mug, price: '255' }, '/body/price'],
    ['a member that is not known', { ...mug, discount: 1 }, '/body'],
    ['a currency that is not in ISO 4217', { ...mug, currency: 'QQQ' }, '/body/currency'],
    ['null for text', { ...mug, name: null }, '/body/name'],
  ])('%s is refused, with its place', async (_what, body, pointer) => {
    const answer = await postMug(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'DEMO_INVALID_REQUEST', instance: '/mugs' });
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  test.each(['0x10', '1e1', '%207', '1.0', '1&limit=2', ''])(
    'an integer in a query is decimal: %s is none',
    async (limit) => {
      const answer = await get(`/shelf?limit=${limit}`);
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual([{ pointer: '/querystring/limit', detail: 'must be integer' }]);
    },
  );

  test('an integer in a query is converted', async () => {
    expect((await get('/shelf?limit=016')).body).toEqual({ limit: 16 });
  });

  test('every fault of a body is named, but not thousands', async () => {
    expect((await postMug({})).body.errors).toHaveLength(3);
  });
});

describe('every error is a problem', () => {
  test.each([
    ['an address that is unknown', () => get('/nowhere'), 404, 'DEMO_ROUTE_NOT_FOUND'],
    [
      'a method that the address lacks',
      () => request(service.app.server).delete('/mugs/1'),
      405,
      'DEMO_METHOD_NOT_ALLOWED',
    ],
    ['JSON that is broken', () => postMug('{"price":'), 400, 'DEMO_INVALID_REQUEST'],
    ['an empty body', () => postMug(''), 400, 'DEMO_INVALID_REQUEST'],
    ['a body that is too large', () => postMug({ name: 'x'.repeat(70_000) }), 413, 'DEMO_PAYLOAD_TOO_LARGE'],
    [
      'a body that is no JSON',
      () => postMug('<mug/>').set('content-type', 'text/xml'),
      415,
      'DEMO_UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a body of plain text, also where no schema is',
      () => request(service.app.server).post('/anything').set('content-type', 'text/plain').send('mug'),
      415,
      'DEMO_UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a file that the docs lack', () => get('/docs/static/nothing.js'), 404, 'DEMO_ROUTE_NOT_FOUND'],
    ['a peer that is away', () => get('/peer-away'), 503, 'DEMO_UNAVAILABLE'],
    ['a bug', () => get('/broken'), 500, 'DEMO_INTERNAL'],
  ])('%s', async (_what, send, status, code) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({
      status,
      code,
      title: expect.any(String),
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test('also one that never reaches a route, such as a path that cannot be decoded', async () => {
    const answer = await get('/mugs/%E0%A4%A');
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ status: 400, code: 'DEMO_INVALID_REQUEST' });
  });

  test('also one that never becomes a request, such as headers that are too large', async () => {
    const answer = await postMug(mug).set('idempotency-key', 'k'.repeat(20_000));
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ status: 431, code: 'DEMO_HEADERS_TOO_LARGE' });
  });

  test('also such a one is counted, and leaves one line that tells nothing of what was sent', async () => {
    const lines: object[] = [];
    service.log.info = (line: object) => void lines.push(line);
    await get('/mugs/%E0%A4%A');
    await get('/livez').set('x-long', 'k'.repeat(20_000));
    expect(lines).toEqual([
      { method: 'GET', status: 400, reason: 'FST_ERR_BAD_URL' },
      { status: 431, reason: 'HPE_HEADER_OVERFLOW' },
    ]);
    const { text } = await get('/metrics');
    expect(text).toContain('http_requests_refused_total{status="400",service="demo"} 1');
    expect(text).toContain('http_requests_refused_total{status="431",service="demo"} 1');
  });

  test("an app's own error carries its detail, members and headers", async () => {
    const answer = await get('/sold-out?why');
    expect(answer.body).toMatchObject({
      type: '/problems/demo-sold-out',
      status: 409,
      detail: 'Mugs are gone.',
      instance: '/sold-out',
      sku: 'MUG',
    });
    expect(answer.headers['x-left']).toBe('0');
  });

  test('a bug tells nothing of itself', async () => {
    expect((await get('/broken')).text).not.toContain('hunter2');
  });

  test('a method that the address lacks comes with those it has', async () => {
    expect((await request(service.app.server).put('/mugs')).headers.allow).toBe('POST');
  });

  test('a peer that is away comes with the time to try again', async () => {
    expect((await get('/peer-away')).headers['retry-after']).toBe('1');
  });
});

describe('the pages of a service', () => {
  test("a problem's type is an address that explains it", async () => {
    expect((await get('/problems/demo-sold-out')).text).toContain('Nothing is left.');
    expect((await get('/problems/demo-invalid-request')).status).toBe(200);
    expect((await get('/problems/demo-else')).status).toBe(404);
  });

  test('the API description is OpenAPI 3.1, and each route has problems for its errors', async () => {
    const { body } = await get('/openapi.json');
    expect(await new Validator().validate(body)).toMatchObject({ valid: true });
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(['/mugs', '/mugs/{id}']));
    expect(body.paths['/mugs/{id}'].get.responses['4XX'].content).toHaveProperty(['application/problem+json']);
  });

  test.each(['/livez', '/readyz', '/metrics', '/task', '/docs'])('%s answers', async (path) => {
    expect((await get(path).redirects(2)).status).toBe(200);
  });

  test('the docs name their files relatively, so that they work behind a prefix', async () => {
    expect((await get('/docs')).headers.location).toBe('docs/');
    expect((await get('/docs/')).text.match(/(src|href)="[^"]+/g)).not.toContainEqual(expect.stringMatching(/="\//));
  });

  test('every part hears that the service drains, even after one that failed', () => {
    let told = false;
    service.onDraining(() => {
      throw new Error('not now');
    });
    service.onDraining(() => (told = true));
    service.drain();
    expect(told).toBe(true);
  });

  test('a draining service is alive and not ready', async () => {
    let told = false;
    service.onDraining(() => (told = true));
    service.drain();
    expect((await get('/livez')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(503);
    expect(told).toBe(true);
  });
});

test('every log line names the task, also when ECS is slow to answer at the start', async () => {
  let asked = 0;
  const ecs = createServer((_request, response) => {
    asked += 1;
    if (asked > 2)
      response.end('{"TaskARN":"arn:aws:ecs:eu-west-1:1:task/shop/0123abc","AvailabilityZone":"eu-west-1a"}');
  });
  await once(ecs.listen(0, '127.0.0.1'), 'listening');
  const environment = { ECS_CONTAINER_METADATA_URI_V4: `http://127.0.0.1:${(ecs.address() as AddressInfo).port}` };
  const slow = await createService({ name: 'slow', description: 'Slow.', config, problems: [], environment });
  await slow.close();
  ecs.closeAllConnections();
  ecs.close();
  expect(slow.log.bindings()).toMatchObject({ taskId: '0123abc', availabilityZone: 'eu-west-1a' });
});
