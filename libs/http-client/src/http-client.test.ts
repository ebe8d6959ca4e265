import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { Type } from 'typebox';
import { startPeer } from '../test/peer.ts';
import { createHttpClient, type HttpClientOptions, type PeerUnavailable } from './http-client.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

describe('a request', () => {
  test('gives the reply of the status that came, checked by its schema', async () => {
    const client = await connect((_, response) => response.writeHead(409).end('{"code":"SHORT","missing":3}'));
    const reply = await client.request({ ...reserve(), replies: { 200: Held, 409: Short } });
    // The status tells the type of the body: this line compiles only because of it.
    const missing: number | undefined = reply.status === 409 ? reply.body.missing : undefined;
    expect(missing).toBe(3);
    expect(reply).toMatchObject({ status: 409, body: { code: 'SHORT', missing: 3 } });
  });

  test('sends JSON, the headers of the caller and the time that remains', async () => {
    const seen: IncomingMessage[] = [];
    const bodies: string[] = [];
    const client = await connect(
      async (request, response) => {
        seen.push(request);
        for await (const chunk of request) bodies.push(String(chunk));
        response.end('{"held":true}');
      },
      { baseUrlPath: '/base/' },
    );
    await client.request({ ...reserve({ deadlineMs: 800 }), body: { lines: 1 }, headers: { 'idempotency-key': 'k1' } });
    expect(bodies.join('')).toBe('{"lines":1}');
    expect(seen[0]).toMatchObject({ method: 'PUT', url: '/base/internal/reservations/ord_1' });
    expect(seen[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'k1' });
    const remainingMs = Number(seen[0]?.headers['x-request-timeout-ms']);
    expect(remainingMs).toBeGreaterThan(0);
    expect(remainingMs).toBeLessThanOrEqual(800);
  });

  test('to a silent peer ends at the deadline, hangs up, and may have been executed', async () => {
    let hungUp: Promise<unknown> | undefined;
    const client = await connect((_, response) => {
      hungUp = once(response, 'close');
    });
    const startedAt = Date.now();
    const failure = await failureOf(client.request(reserve({ deadlineMs: 80 })));
    expect(failure).toMatchObject({ name: 'PeerUnavailable', peer: 'catalog', reason: 'timeout', sent: true });
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect(hungUp).toBeDefined();
    await hungUp;
  });

  test('to a peer that stops in the middle of its answer ends at the limit of one attempt', async () => {
    const client = await connect((_, response) => response.writeHead(200).write('{"he'), { timeoutMs: 80 });
    expect(await failureOf(client.request(reserve()))).toMatchObject({ reason: 'timeout', sent: true });
  });

  test('after its deadline is not sent', async () => {
    let count = 0;
    const client = await connect((_, response) => {
      count += 1;
      response.end('{"held":true}');
    });
    expect(await failureOf(client.request(reserve({ deadlineMs: -1 })))).toMatchObject({
      reason: 'timeout',
      sent: false,
    });
    expect(count).toBe(0);
  });

  test.each(['127.0.0.1', 'localhost'])('to a port of %s where nobody listens was certainly not sent', async (host) => {
    const gone = await startPeer(() => {}, host);
    await gone.close();
    const client = createClient({ baseUrl: gone.baseUrl });
    expect(await failureOf(client.request(reserve()))).toMatchObject({ reason: 'connection', sent: false });
  });

  test('to a host that has no address was certainly not sent', async () => {
    const client = createClient({ baseUrl: 'http://catalog.invalid' });
    expect(await failureOf(client.request(reserve()))).toMatchObject({ reason: 'connection', sent: false });
  });

  test('whose connection breaks before the answer may have been executed', async () => {
    const client = await connect((request) => request.socket.destroy());
    expect(await failureOf(client.request(reserve()))).toMatchObject({ reason: 'connection', sent: true });
  });

  test('on a kept connection that the peer closes may have been executed', async () => {
    let count = 0;
    const client = await connect((request, response) => {
      count += 1;
      if (count === 1) response.end('{"held":true}');
      else request.socket.resetAndDestroy();
    });
    await client.request(reserve());
    expect(await failureOf(client.request(reserve()))).toMatchObject({ reason: 'connection', sent: true });
  });

  test('answered with another shape is a bad reply', async () => {
    const client = await connect((_, response) => response.end('{"held":"yes"}'));
    expect(await failureOf(client.request(reserve()))).toMatchObject({ reason: 'bad-reply', status: 200, sent: true });
  });

  test('answered with something other than JSON is a bad reply', async () => {
    const client = await connect((_, response) => response.end('<html>'));
    expect(await failureOf(client.request(reserve()))).toMatchObject({ reason: 'bad-reply', status: 200 });
  });

  test('answered with something other than HTTP is a bad reply', async () => {
    const server = createServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    open.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const client = createClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    expect(await failureOf(client.request(reserve()))).toMatchObject({ reason: 'bad-reply', sent: true });
  });

  test('answered with an unexpected status tells the code of the problem and when to come back', async () => {
    const client = await connect((_, response) =>
      response.writeHead(503, { 'retry-after': '7' }).end('{"code":"CATALOG_BUSY"}'),
    );
    expect(await failureOf(client.request(reserve()))).toMatchObject({
      reason: 'status',
      status: 503,
      problemCode: 'CATALOG_BUSY',
      retryAfterMs: 7000,
      sent: true,
    });
  });
});

describe('a mistake of the caller', () => {
  test('is no outage of the peer', async () => {
    const client = await connect((_, response) => response.end('{"held":true}'));
    const circular: { self?: unknown } = {};
    circular.self = circular;
    expect(await failureOf(client.request({ ...reserve(), body: circular }))).toMatchObject({ name: 'TypeError' });
    const headers = { authorization: 'line\nbreak' };
    expect(await failureOf(client.request({ ...reserve(), headers }))).toMatchObject({ code: 'UND_ERR_INVALID_ARG' });
  });
});

describe('repeats', () => {
  test('are made for idempotent calls only, as often as allowed, with full jitter', async () => {
    let count = 0;
    const jitter: number[] = [];
    const random = () => {
      jitter.push(count);
      return 0;
    };
    const client = await connect(
      (_, response) => {
        count += 1;
        response.writeHead(500).end();
      },
      { random },
    );
    await failureOf(client.request(reserve()));
    expect(count).toBe(1);
    expect(await failureOf(client.request({ ...reserve(), attempts: 3 }))).toMatchObject({ status: 500 });
    expect(count).toBe(4);
    expect(jitter).toEqual([2, 3]);
  });

  test('end with the first answer that the caller expects', async () => {
    let count = 0;
    const client = await connect(
      (_, response) => {
        count += 1;
        response.writeHead(count === 1 ? 502 : 200).end('{"held":true}');
      },
      { random: () => 0 },
    );
    expect(await client.request({ ...reserve(), attempts: 3 })).toMatchObject({ status: 200 });
    expect(count).toBe(2);
  });

  test('fail as sent when any of them may have reached the peer, even if the last did not', async () => {
    const peer = await startPeer((request) => {
      void peer.close();
      request.socket.destroy();
    });
    const client = createClient({ baseUrl: peer.baseUrl, random: () => 0 });
    expect(await failureOf(client.request({ ...reserve(), attempts: 2 }))).toMatchObject({
      reason: 'connection',
      sent: true,
    });
  });

  test('do not outlast the deadline for a Retry-After', async () => {
    let count = 0;
    const client = await connect((_, response) => {
      count += 1;
      response.writeHead(503, { 'retry-after': '60' }).end();
    });
    expect(await failureOf(client.request({ ...reserve(), attempts: 3 }))).toMatchObject({ status: 503 });
    expect(count).toBe(1);
  });
});

describe('the metrics', () => {
  test('time each attempt by peer, route pattern and status or reason', async () => {
    const registry = new Registry();
    const client = await connect((_, response) => response.end('{"held":true}'), { registry });
    await client.request(reserve());
    await failureOf(client.request(reserve({ deadlineMs: -1 })));
    const text = await registry.metrics();
    const labels = 'peer="catalog",route="/internal/reservations/:orderId"';
    expect(text).toContain(`http_client_request_duration_seconds_count{${labels},status="200"} 1`);
    expect(text).toContain(`http_client_request_duration_seconds_count{${labels},status="timeout"} 1`);
  });

  test('of two peers share one registry', async () => {
    const registry = new Registry();
    await connect(() => {}, { registry, peer: 'catalog' });
    await connect(() => {}, { registry, peer: 'payment' });
    const text = await registry.metrics();
    expect(text).toContain('http_client_circuit_state{peer="catalog",state="closed"} 1');
    expect(text).toContain('http_client_circuit_state{peer="payment",state="closed"} 1');
  });
});

const Held = Type.Object({ held: Type.Boolean() });
const Short = Type.Object({ code: Type.String(), missing: Type.Integer() });

function reserve({ deadlineMs = 5000 } = {}) {
  return {
    name: 'catalog.reserve',
    method: 'PUT',
    path: '/internal/reservations/ord_1',
    route: '/internal/reservations/:orderId',
    deadlineAt: Date.now() + deadlineMs,
    replies: { 200: Held },
  } as const;
}

async function connect(handler: RequestListener, options: Partial<HttpClientOptions> & { baseUrlPath?: string } = {}) {
  const { baseUrlPath = '', ...rest } = options;
  const peer = await startPeer(handler);
  open.push(peer);
  return createClient({ ...rest, baseUrl: peer.baseUrl + baseUrlPath });
}

function createClient(options: Omit<HttpClientOptions, 'peer'> & { peer?: string }) {
  const client = createHttpClient({ peer: 'catalog', ...options });
  open.push(client);
  return client;
}

function failureOf(request: Promise<unknown>): Promise<PeerUnavailable> {
  return request.then(
    () => {
      throw new Error('the request succeeded');
    },
    (error) => error,
  );
}
