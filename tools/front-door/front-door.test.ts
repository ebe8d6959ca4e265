import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createFrontDoor, type FrontDoorOptions } from './front-door.ts';
import { hostileTargets } from './hostile-targets.fixture.ts';

const routing = JSON.parse(readFileSync(new URL('../../infra/routing.json', import.meta.url), 'utf8'));
const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const { close } of opened.splice(0).reverse()) await close();
});

async function startTarget(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function openDoor(options: Omit<FrontDoorOptions, 'routing'>) {
  const door = createFrontDoor({ routing, ...options });
  opened.push({ close: () => door.close(0) });
  return { door, url: await door.listen(0) };
}

const echo: RequestListener = async (incoming, response) => {
  const body = (await incoming.toArray()).join('');
  const { method, url, headers } = incoming;
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ method, url, headers, body }));
};

/** A request as bytes, because an HTTP client would tidy it up first. Resolves to all that comes back. */
async function speak(url: string, message: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(message);
  return (await socket.toArray()).join('');
}
const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n`;

describe('the front door', () => {
  test('sends each route to its service, with method, path, query and body as they came', async () => {
    const targets = { catalog: await startTarget(echo), order: await startTarget(echo) };
    const { url } = await openDoor({ targets });
    const answer = await fetch(`${url}/v1/orders?limit=1&cursor=a%2Fb`, { method: 'POST', body: '{"lines":[]}' });
    expect(await answer.json()).toMatchObject({
      method: 'POST',
      url: '/v1/orders?limit=1&cursor=a%2Fb',
      body: '{"lines":[]}',
    });
  });

  test('tells the service who asks, and gives each request a trace id', async () => {
    const { url } = await openDoor({ targets: { order: await startTarget(echo) } });
    const answer = await fetch(`${url}/v1/orders`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
    const { headers } = (await answer.json()) as { headers: Record<string, string> };
    expect(headers).toMatchObject({
      host: new URL(url).host,
      'x-forwarded-for': '203.0.113.7, 127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': new URL(url).port,
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    });
  });

  test('answers 404 with a problem where no rule leads', async () => {
    const { url } = await openDoor({ targets: { order: await startTarget(echo) } });
    const answer = await fetch(`${url}/nowhere?x=1`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({
      type: '/problems/front-door-route-not-found',
      code: 'FRONT_DOOR_ROUTE_NOT_FOUND',
      instance: '/nowhere',
    });
  });

  test.each(hostileTargets)('no trick reaches what no rule names: %s', async (target) => {
    let reached = false;
    const service = await startTarget((_incoming, response) => {
      reached = true;
      response.end();
    });
    const { url } = await openDoor({
      targets: { catalog: service, order: service, payment: service },
      exposeServicePages: true,
    });
    expect(await speak(url, get(target))).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(reached).toBe(false);
  });

  test('an absolute request target is routed by its path', async () => {
    const { url } = await openDoor({ targets: { order: await startTarget(echo) } });
    expect(await speak(url, get('http://shop/v1/orders?limit=2'))).toContain('"url":"/v1/orders?limit=2"');
  });

  test('service pages are reachable only when exposed, without their prefix', async () => {
    const targets = { order: await startTarget(echo) };
    const closed = await openDoor({ targets });
    const exposed = await openDoor({ targets, exposeServicePages: true });
    expect((await fetch(`${closed.url}/order/docs`)).status).toBe(404);
    const answer = await fetch(`${exposed.url}/order/docs/static/index.css`);
    expect(await answer.json()).toMatchObject({ url: '/docs/static/index.css' });
  });

  test('hop-by-hop headers stay on their hop, all others pass in both directions', async () => {
    const service = await startTarget((incoming, response) => {
      response.writeHead(200, [
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
        'Connection',
        'close, X-Hop',
        'X-Hop',
        'drop',
      ]);
      response.end(JSON.stringify(incoming.headers));
    });
    const { url } = await openDoor({ targets: { order: service } });
    const answer = await fetch(`${url}/v1/orders`, { headers: { te: 'trailers', authorization: 'Bearer t' } });
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(answer.headers.get('x-hop')).toBeNull();
    expect(answer.headers.get('connection')).toBe('keep-alive');
    const seen = (await answer.json()) as Record<string, string>;
    expect(seen.te).toBeUndefined();
    expect(seen.authorization).toBe('Bearer t');
  });

  test('a chunked body keeps its framing whatever the method', async () => {
    const { url } = await openDoor({ targets: { order: await startTarget(echo) } });
    const head =
      'DELETE /v1/orders/x HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await speak(url, `${head}5\r\nhello\r\n0\r\n\r\n`)).toContain('"body":"hello"');
  });

  test('a body streams on when it is too large to be gathered first', async () => {
    const { url } = await openDoor({ targets: { order: await startTarget(echo) } });
    const body = 'a'.repeat(3_000_000);
    const answer = await fetch(`${url}/v1/orders`, { method: 'POST', body });
    expect(((await answer.json()) as { body: string }).body).toBe(body);
  });

  test('a service that refuses a body unread is heard', async () => {
    const service = await startTarget((_incoming, response) => {
      response.writeHead(413, { connection: 'close' }).end('too large');
    });
    const { url } = await openDoor({ targets: { order: service } });
    for (let times = 0; times < 20; times += 1) {
      const answer = await fetch(`${url}/v1/orders`, { method: 'POST', body: 'a'.repeat(1_000_000) });
      expect([answer.status, await answer.text()]).toEqual([413, 'too large']);
    }
  });

  test('an answer streams: its first part arrives while the service still writes', async () => {
    let finish = () => {};
    const service = await startTarget((_incoming, response) => {
      response.write('first');
      finish = () => response.end('last');
    });
    const { url } = await openDoor({ targets: { order: service } });
    const answer = await fetch(`${url}/v1/orders`);
    const parts = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await parts?.read())?.value).toBe('first');
    finish();
    expect((await parts?.read())?.value).toBe('last');
  });

  test('502 when the service breaks the connection, 503 when it has no address', async () => {
    const service = await startTarget((incoming) => incoming.socket.destroy());
    const { url } = await openDoor({ targets: { order: service } });
    const broken = await fetch(`${url}/v1/orders`, { method: 'POST', body: '{}' });
    expect([broken.status, await broken.json()]).toEqual([
      502,
      expect.objectContaining({ code: 'FRONT_DOOR_BAD_GATEWAY' }),
    ]);
    expect((await fetch(`${url}/v1/products`)).status).toBe(503);
  });

  test('504 when the service says nothing for as long as the idle time-out', async () => {
    const service = await startTarget(() => {});
    const { url } = await openDoor({ targets: { order: service }, idleTimeoutMs: 50 });
    const answer = await fetch(`${url}/v1/orders`);
    expect([answer.status, await answer.json()]).toEqual([
      504,
      expect.objectContaining({ code: 'FRONT_DOOR_TARGET_TIMEOUT' }),
    ]);
  });

  test('408 when it is the client that says nothing', async () => {
    const { url } = await openDoor({ targets: { order: await startTarget(() => {}) }, idleTimeoutMs: 50 });
    const half = 'POST /v1/orders HTTP/1.1\r\nHost: shop\r\nContent-Length: 10\r\n\r\nhalf';
    expect(await speak(url, half)).toContain('FRONT_DOOR_REQUEST_TIMEOUT');
  });

  test('an answer cut in the middle reaches the client as a broken one, never as a whole one', async () => {
    const service = await startTarget((_incoming, response) => {
      response.write('half', () => response.destroy());
    });
    const { url } = await openDoor({ targets: { order: service } });
    const answer = await fetch(`${url}/v1/orders`);
    await expect(answer.text()).rejects.toThrow();
  });

  test('a client that hangs up ends the request at the service', async () => {
    const gone = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const service = await startTarget((_incoming, response) => {
      response.on('close', gone.resolve);
      arrived.resolve();
    });
    const { url } = await openDoor({ targets: { order: service } });
    const client = request(`${url}/v1/orders`).on('error', () => {});
    client.end();
    await arrived.promise;
    client.destroy();
    await gone.promise;
  });

  test('closing lets a running request finish and takes no new one', async () => {
    let finish = () => {};
    const arrived = Promise.withResolvers<void>();
    const service = await startTarget((_incoming, response) => {
      finish = () => response.end('done');
      arrived.resolve();
    });
    const { door, url } = await openDoor({ targets: { order: service } });
    const running = fetch(`${url}/v1/orders`);
    await arrived.promise;
    const closed = door.close();
    await expect(fetch(`${url}/v1/orders`)).rejects.toThrow();
    finish();
    expect(await (await running).text()).toBe('done');
    await closed;
  });
});
