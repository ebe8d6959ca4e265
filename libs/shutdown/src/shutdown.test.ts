import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startChildServer } from './child-server.fixture.ts';

type Child = Awaited<ReturnType<typeof startChildServer>>;
type Answer = { status: number | undefined; connection: string | undefined; body: string };

const NEVER_MS = 3_600_000;
let children: Child[] = [];
let sockets: Socket[] = [];

afterEach(() => {
  for (const child of children) child.stop();
  for (const socket of sockets) socket.destroy();
  children = [];
  sockets = [];
});

/** Unless told otherwise: no delay, no deadline that comes, and each signal counts. */
async function start(settings: object = {}): Promise<Child> {
  const child = await startChildServer({ delayMs: 0, deadlineMs: NEVER_MS, repeatWindowMs: 0, ...settings });
  children.push(child);
  return child;
}

async function get(url: string, agent?: Agent): Promise<Answer> {
  const sent = request(url, agent ? { agent } : {}).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, connection: response.headers.connection, body };
}

async function openSocket({ origin }: Child): Promise<Socket> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

async function textUntilClosed(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

describe.each(['SIGTERM', 'SIGINT'] as const)('after %s', (signal) => {
  test('200 requests in flight are all answered with Connection: close, then work and flushing end, exit 0', async () => {
    const child = await start();
    const answers = Array.from({ length: 200 }, () => get(`${child.origin}/held`));
    await child.holds(200);
    child.signal(signal);
    await child.logged('no longer accepting');
    child.release();
    expect(new Set((await Promise.all(answers)).map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ status: 200, connection: 'close', body: 'released' })]),
    );
    expect(await child.exit).toBe(0);
    const story = child.lines.map(({ msg }) => msg).filter((msg) => /^(Shutting|drained|did)/.test(msg));
    expect(story).toEqual([
      'Shutting down: no longer ready',
      'drained',
      'Shutting down: no longer accepting connections',
      'did background work',
      'did flush spans',
      'did flush logs',
    ]);
  });
});

describe('while it shuts down', () => {
  test('new requests are served during the delay, on old and new connections, and asked to leave', async () => {
    const child = await start({ delayMs: NEVER_MS });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await get(`${child.origin}/quick`, agent)).toMatchObject({ connection: 'keep-alive' });
    child.signal('SIGTERM');
    await child.logged('drained');
    const served = { status: 200, connection: 'close', body: 'quick' };
    expect(await get(`${child.origin}/quick`, agent)).toEqual(served);
    expect(await get(`${child.origin}/quick`)).toEqual(served);
    expect(await get(`${child.origin}/nothing`)).toMatchObject({ status: 404, connection: 'close' });
    agent.destroy();
  });

  test('a request that comes on an open connection after it stopped accepting is still served', async () => {
    const child = await start();
    const held = get(`${child.origin}/held`);
    await child.holds(1);
    const socket = await openSocket(child);
    child.signal('SIGTERM');
    await child.logged('no longer accepting');
    socket.write('GET /quick HTTP/1.1\r\nhost: shop\r\n\r\n');
    const text = await textUntilClosed(socket);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(text.toLowerCase()).toContain('connection: close');
    child.release();
    expect(await held).toMatchObject({ status: 200 });
    expect(await child.exit).toBe(0);
  });

  test('200 requests on their way when the signal comes are all served, even without a delay', async () => {
    const child = await start();
    const connections = await Promise.all(Array.from({ length: 200 }, () => openSocket(child)));
    for (const socket of connections) socket.write('GET /quick HTTP/1.1\r\nhost: shop\r\n\r\n');
    child.signal('SIGTERM');
    const answers = await Promise.all(connections.map(textUntilClosed));
    expect(answers.filter((text) => text.startsWith('HTTP/1.1 200 '))).toHaveLength(200);
    expect(await child.exit).toBe(0);
  });

  test('idle, unused and just finished connections do not hold it up', async () => {
    const child = await start();
    const agent = new Agent({ keepAlive: true });
    await get(`${child.origin}/quick`, agent);
    const unused = textUntilClosed(await openSocket(child));
    const begun = await openSocket(child);
    begun.write('GET /streamed HTTP/1.1\r\nhost: shop\r\n\r\n');
    await once(begun, 'readable');
    child.signal('SIGTERM');
    await child.logged('no longer accepting');
    child.release();
    expect(await textUntilClosed(begun)).toMatch(/ab$/);
    expect(await unused).toBe('');
    expect(await child.exit).toBe(0);
    agent.destroy();
  });

  test('a signal repeated at once is the same wish', async () => {
    const child = await start({ repeatWindowMs: NEVER_MS });
    const held = get(`${child.origin}/held`);
    await child.holds(1);
    child.signal('SIGINT');
    await child.logged('no longer accepting');
    child.signal('SIGINT');
    child.signal('SIGTERM');
    child.release();
    expect(await held).toMatchObject({ status: 200 });
    expect(await child.exit).toBe(0);
  });
});

describe('it exits 1 and says what was left', () => {
  test('on a second signal', async () => {
    const child = await start();
    const held = [1, 2, 3].map(() => get(`${child.origin}/held`).catch((error) => error.code));
    await child.holds(3);
    child.signal('SIGTERM');
    await child.logged('no longer accepting');
    child.signal('SIGINT');
    expect(await child.exit).toBe(1);
    expect(await Promise.all(held)).toEqual(['ECONNRESET', 'ECONNRESET', 'ECONNRESET']);
    expect(await child.logged('before all was done')).toMatchObject({
      reason: 'a second signal (SIGINT)',
      phase: 'finishing requests',
      requestsInFlight: 3,
      unfinished: ['flush spans', 'flush logs'],
    });
  });

  test.each([
    ['background work', 'stopping background work', ['flush spans', 'flush logs']],
    ['flush logs', 'finishing up', ['flush logs']],
  ])('at the deadline when %s hangs', async (hang, phase, unfinished) => {
    const child = await start({ deadlineMs: 4000, hang });
    child.signal('SIGTERM');
    expect(await child.exit).toBe(1);
    expect(await child.logged('before all was done')).toMatchObject({
      reason: 'the shutdown deadline',
      phase,
      requestsInFlight: 0,
      unfinished,
    });
  });

  test('at the deadline when it falls into the delay', async () => {
    const child = await start({ deadlineMs: 100, delayMs: NEVER_MS });
    child.signal('SIGTERM');
    expect(await child.exit).toBe(1);
    expect(await child.logged('before all was done')).toMatchObject({ phase: 'going on serving' });
  });

  test.each([
    ['drain', 'drain'],
    ['background work', 'close'],
    ['flush spans', 'flush spans'],
  ])('when %s fails, after doing the rest', async (fail, step) => {
    const child = await start({ fail });
    child.signal('SIGTERM');
    expect(await child.exit).toBe(1);
    expect(await child.logged('a step failed')).toMatchObject({ step, err: { message: `${fail} failed` } });
    expect(child.lines.at(-1)).toMatchObject({ msg: 'did flush logs' });
  });
});
