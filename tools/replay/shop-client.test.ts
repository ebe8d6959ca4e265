import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createShopClient, type ShopClientOptions } from './shop-client.ts';

let close = async () => {};
afterEach(() => close());

/** A client of a server that answers by the script, one entry a request. */
async function clientOf(script: RequestListener[], options: Partial<ShopClientOptions> = {}) {
  const seen: { url: string; key: unknown; authorization: unknown }[] = [];
  const server = createServer((request, response) => {
    const { 'idempotency-key': key, authorization } = request.headers;
    seen.push({ url: String(request.url), key, authorization });
    script[seen.length - 1]?.(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  const waits: number[] = [];
  let clock = 0;
  const client = createShopClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    random: () => 0.5,
    now: () => clock,
    wait: async (delayMs) => {
      waits.push(delayMs);
      clock += delayMs;
    },
    ...options,
  });
  return { client, seen, waits };
}

const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(code, headers).end(`{"status":${code}}`);
const cut: RequestListener = (request) => request.socket.destroy();

test('the shop is asked again while it is busy or away, with the same key and full jitter', async () => {
  const { client, seen, waits } = await clientOf([
    status(503),
    cut,
    status(429),
    status(502),
    status(504),
    status(201),
  ]);
  const answer = await client.send({
    method: 'POST',
    path: '/v1/orders',
    headers: { 'idempotency-key': 'k1' },
    body: {},
  });
  expect(answer).toMatchObject({ status: 201, body: { status: 201 } });
  expect(seen.map(({ key }) => key)).toEqual(Array(6).fill('k1'));
  expect(waits).toEqual([50, 100, 200, 400, 800]);
  expect(client.repeats()).toBe(5);
});

test('Retry-After comes on top of the jitter', async () => {
  const { client, waits } = await clientOf([status(503, { 'retry-after': '2' }), status(200)]);
  await client.send({ method: 'GET', path: '/' });
  expect(waits).toEqual([2050]);
});

test.each([400, 402, 403, 404, 409, 412, 422, 500])('%d is an answer', async (code) => {
  const { client, seen } = await clientOf([status(code)]);
  expect((await client.send({ method: 'GET', path: '/' })).status).toBe(code);
  expect(seen).toHaveLength(1);
});

test('patience ends, and the last answer is told', async () => {
  const { client } = await clientOf(Array(100).fill(status(503)), { patienceMs: 10_000 });
  await expect(client.send({ method: 'GET', path: '/v1/orders' })).rejects.toThrow(
    'the shop does not answer GET /v1/orders: 503 {"status":503}',
  );
});

test('a refused token is replaced once', async () => {
  const { client, seen } = await clientOf([status(401), status(401)]);
  const token = async (refused: boolean) => (refused ? 'new' : 'old');
  expect((await client.send({ method: 'GET', path: '/', token })).status).toBe(401);
  expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer old', 'Bearer new']);
});
