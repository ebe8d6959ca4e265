import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import { hostileTargets } from '../front-door/hostile-targets.fixture.ts';
import { readTarget } from '../front-door/request-target.ts';
import { createRouter } from '../front-door/routing.ts';
import type { Balancer } from './balancer.fixture.ts';
import { openShopNetwork, routing, type ShopNetwork } from './shop-network.fixture.ts';
import type { Target } from './target.fixture.ts';

const soon = { timeoutMs: 5_000 };
type Echo = {
  service: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  connection: number;
};

let shop: ShopNetwork;
let balancer: Balancer;
let targets: Target[];

beforeAll(async () => {
  shop = await openShopNetwork('routes');
  targets = await Promise.all(['catalog', 'order', 'payment'].map((service) => shop.start(service)));
  balancer = await shop.balance();
  const areUp = async () => {
    const groups = await Promise.all(['be_catalog', 'be_order', 'be_payment'].map(balancer.targets));
    return groups.every(([first]) => first?.isUp);
  };
  await until('all are up', areUp, { timeoutMs: 30_000 });
});
afterAll(() => shop.close());

/** A request as bytes, because an HTTP client would tidy it up first. Resolves to all that comes back. */
async function speak(message: string): Promise<string> {
  const socket = connect(balancer.port, '127.0.0.1');
  socket.write(message);
  return (await socket.toArray()).join('');
}
const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`;

async function echo(path: string, init?: RequestInit): Promise<Echo> {
  return (await (await fetch(`${balancer.url}${path}`, init)).json()) as Echo;
}

describe('the balancer routes as the front door does', () => {
  const named = [...routing.rules, ...routing.servicePages].flatMap(({ paths }) => paths);
  const parts = ['', 'x', 'x/y', '%20', "~'", '?', '//'];
  const paths = [...new Set(named.flatMap((pattern) => parts.map((part) => pattern.replace('*', part))))];
  const route = createRouter(routing, true);

  async function compare(target: string): Promise<void> {
    await Promise.all(targets.map(({ tell }) => tell('forget')));
    const read = readTarget(target);
    const expected = read && route(read.path);
    const answer = await speak(get(target));
    if (expected) {
      const { service, url } = JSON.parse(answer.split('\r\n\r\n')[1] ?? '') as Echo;
      expect({ service, url }).toEqual({ service: expected.service, url: expected.path + read.query });
    } else {
      expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
      expect((await Promise.all(targets.map(({ seen }) => seen()))).flat()).toEqual([]);
    }
  }

  test.each(paths)('%s, and what comes near', async (path) => {
    await compare(path);
    for (const near of [`${path}?a=/v1/products&b=%2e%2e`, `${path}/`, `/${path}`, path.toUpperCase()])
      await compare(near);
  });

  test.each([...hostileTargets, 'http://shop/v1/orders?limit=2'])('%s', compare);

  test('and answers 404 with the same problem', async () => {
    const answer = await fetch(`${balancer.url}/nowhere/%22?x=1`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(await answer.json()).toEqual({
      type: '/problems/front-door-route-not-found',
      title: 'No service answers this path',
      status: 404,
      instance: '/nowhere/%22',
      code: 'FRONT_DOOR_ROUTE_NOT_FOUND',
    });
  });

  test('but service pages only when they are exposed', async () => {
    const closed = await shop.balance({ EXPOSE_SERVICE_PAGES: 'false' });
    await until('it answers', () =>
      fetch(`${closed.url}/v1/orders`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    expect((await fetch(`${closed.url}/order/docs`)).status).toBe(404);
  });
});

describe('a target behind the balancer', () => {
  test('gets method, query and body as they came', async () => {
    const body = '{"lines":[]}';
    expect(await echo('/v1/orders?limit=1&cursor=a%2Fb', { method: 'POST', body })).toMatchObject({
      method: 'POST',
      url: '/v1/orders?limit=1&cursor=a%2Fb',
      body,
    });
  });

  test('gets a body whose length was not announced', async () => {
    const head =
      'DELETE /v1/orders/x HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await speak(`${head}5\r\nhello\r\n0\r\n\r\n`)).toContain('"body":"hello"');
  });

  test('learns who asks, by which protocol and port', async () => {
    const { headers } = await echo('/v1/orders', { headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(headers).toMatchObject({
      host: new URL(balancer.url).host,
      'x-forwarded-for': expect.stringMatching(/^203\.0\.113\.7, [\d.]+$/),
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '8080',
    });
  });

  test('cannot be told another protocol or port by the client', async () => {
    const { headers } = await echo('/v1/orders', {
      headers: { 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
    });
    expect(headers).toMatchObject({ 'x-forwarded-proto': 'http', 'x-forwarded-port': '8080' });
  });

  const root = 'Root=1-00000001-aaaaaaaaaaaaaaaaaaaaaaaa';
  const id = '1-[0-9a-f]{8}-[0-9a-f]{24}';
  test.each([
    ['none', undefined, `^Root=${id}$`],
    ['a root and more', `${root};CalledFrom=app`, `^Self=${id};${root};CalledFrom=app$`],
    ['a Self of another balancer', `Self=1-00000002-${'b'.repeat(24)};${root}`, `^Self=${id};${root}$`],
    ['a Self that comes last', `${root};Self=1-00000002-${'b'.repeat(24)}`, `^Self=${id};${root}$`],
    ['fields without a root', 'CalledFrom=app', `^Root=${id};CalledFrom=app$`],
    ['words that are no fields', 'junk;;more', `^Root=${id}$`],
  ])('gets a trace id when the client sends %s', async (_what, sent, expected) => {
    const { headers } = await echo('/v1/orders', { headers: sent ? { 'x-amzn-trace-id': sent } : {} });
    expect(headers['x-amzn-trace-id']).toMatch(new RegExp(expected));
  });

  test('gets another trace id for each request, of the second of its making', async () => {
    const ids = await Promise.all([1, 2].map(async () => (await echo('/v1/orders')).headers['x-amzn-trace-id'] ?? ''));
    expect(new Set(ids).size).toBe(2);
    const second = Number.parseInt(ids[0]?.slice('Root=1-'.length, 'Root=1-'.length + 8) ?? '', 16);
    expect(Math.abs(Date.now() / 1000 - second)).toBeLessThan(5);
  });

  test('gets no header of the hop before, and none with an invalid name', async () => {
    const hop = 'TE: trailers\r\nKeep-Alive: timeout=9\r\nbad_name: 1\r\nAuthorization: Bearer t\r\n\r\n';
    const answer = await speak(get('/v1/orders').replace(/\r\n$/, hop));
    const { headers } = JSON.parse(answer.split('\r\n\r\n')[1] ?? '') as Echo;
    expect(headers.authorization).toBe('Bearer t');
    for (const name of ['te', 'keep-alive', 'bad_name']) expect(headers[name]).toBeUndefined();
  });

  test('is asked over connections that are kept, whoever asks', async () => {
    const first = await speak(get('/v1/orders'));
    const second = await speak(get('/v1/orders'));
    const connection = /"connection":\d+/.exec(first)?.[0];
    expect(connection).toBeDefined();
    expect(second).toContain(connection);
  });

  test('is heard when it refuses a body unread', async () => {
    for (let times = 0; times < 20; times += 1) {
      const answer = await fetch(`${balancer.url}/v1/orders/large`, { method: 'POST', body: 'a'.repeat(1_000_000) });
      expect([answer.status, await answer.text()]).toEqual([413, 'too large']);
    }
  });

  test('may say 503 itself', async () => {
    const answer = await fetch(`${balancer.url}/v1/orders/busy`);
    expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([503, '1', 'busy']);
  });

  test('is given up with 502 when it breaks the connection, and not asked twice', async () => {
    await Promise.all(targets.map(({ tell }) => tell('forget')));
    // Over a connection that has served before, which HAProxy alone would close without a word.
    await echo('/v1/orders/before');
    const answer = await fetch(`${balancer.url}/v1/orders/cut`);
    expect([answer.status, await answer.json()]).toEqual([
      502,
      expect.objectContaining({ status: 502, code: 'FRONT_DOOR_BAD_GATEWAY', instance: '/v1/orders/cut' }),
    ]);
    expect((await Promise.all(targets.map(({ seen }) => seen()))).flat()).toEqual([
      '/v1/orders/before',
      '/v1/orders/cut',
    ]);
  });

  test('hears of a client that hangs up', async () => {
    const client = request(`${balancer.url}/v1/orders/held`).on('error', () => {});
    client.end();
    const order = targets[1] as Target;
    await until('it arrives', async () => (await order.held()) === 1, soon);
    client.destroy();
    await until('it is gone', async () => (await order.held()) === 0, soon);
  });
});
