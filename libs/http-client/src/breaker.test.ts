import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { Type } from 'typebox';
import { startPeer } from '../test/peer.ts';
import { type BreakerOptions, createHttpClient } from './http-client.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

/** Two calls within the window are enough to judge. */
const quick: BreakerOptions = { windowMs: 1000, minimumCallsPerSecond: 2, halfOpenAfterMs: 0 };

describe('the circuit breaker', () => {
  test('opens when the peer fails, so that a call fails at once and unsent', async () => {
    const peer = await connect((_, response) => response.writeHead(500).end(), { ...quick, halfOpenAfterMs: 60_000 });
    expect(await peer.outcomes(3)).toEqual(['status', 'status', 'circuit-open (not sent)']);
    expect(peer.requests).toBe(2);
    expect(await peer.state()).toBe('open');
  });

  test('closes again when the probe succeeds', async () => {
    const peer = await connect((_, response) => response.writeHead(peer.requests < 3 ? 500 : 200).end('{}'), quick);
    expect(await peer.outcomes(2)).toEqual(['status', 'status']);
    expect(await peer.state()).toBe('open');
    expect(await peer.outcomes(1)).toEqual(['200']);
    expect(await peer.state()).toBe('closed');
  });

  test('lets one probe through while it is half open, and opens again when that fails', async () => {
    const held: (() => void)[] = [];
    const peer = await connect((_, response) => {
      const answer = () => response.writeHead(500).end();
      if (peer.requests < 3) answer();
      else held.push(answer);
      peer.arrived();
    }, quick);
    await peer.outcomes(2);
    const probe = peer.outcomes(1);
    await peer.arrival(3);
    expect(await peer.state()).toBe('half-open');
    expect(await peer.outcomes(1)).toEqual(['circuit-open (not sent)']);
    for (const answer of held) answer();
    expect(await probe).toEqual(['status']);
    expect(await peer.state()).toBe('open');
    expect(peer.requests).toBe(3);
  });

  test('stays open when the probe had no time to find out', async () => {
    const peer = await connect((_, response) => {
      if (peer.requests < 3) response.writeHead(500).end();
    }, quick);
    await peer.outcomes(2);
    expect(await peer.outcomes(1, 20)).toEqual(['timeout']);
    expect(await peer.state()).toBe('open');
  });

  test.each([
    ['a busy peer: 503 with Retry-After', 503, { 'retry-after': '1' }],
    ['a peer that refuses', 404, {}],
  ])('stays closed before %s', async (_, status, headers) => {
    const peer = await connect((_, response) => response.writeHead(status, headers).end(), quick);
    expect(await peer.outcomes(4)).toEqual(Array(4).fill('status'));
    expect(await peer.state()).toBe('closed');
  });

  test('stays closed while most answers show that the peer works, whatever they say', async () => {
    const peer = await connect((_, response) => response.writeHead(peer.requests % 3 === 0 ? 500 : 404).end(), quick);
    await peer.outcomes(9);
    expect(await peer.state()).toBe('closed');
  });

  test('counts a 503 without Retry-After', async () => {
    const peer = await connect((_, response) => response.writeHead(503).end(), quick);
    await peer.outcomes(2);
    expect(await peer.state()).toBe('open');
  });

  test('counts broken connections', async () => {
    const peer = await connect((request) => request.socket.destroy(), quick);
    expect(await peer.outcomes(2)).toEqual(['connection', 'connection']);
    expect(await peer.state()).toBe('open');
  });

  test('blames a silent peer only when it had time to answer', async () => {
    const peer = await connect(() => {}, quick);
    expect(await peer.outcomes(3, 100)).toEqual(['timeout', 'timeout', 'timeout']);
    expect(await peer.state()).toBe('closed');
    expect(await peer.outcomes(1, 600)).toEqual(['timeout']);
    await peer.outcomes(1, 600);
    expect(await peer.state()).toBe('open');
  });
});

async function connect(handler: RequestListener, breaker: BreakerOptions) {
  const arrivals: (() => void)[] = [];
  const server = await startPeer((request, response) => {
    peer.requests += 1;
    handler(request, response);
  });
  const registry = new Registry();
  const client = createHttpClient({ peer: 'catalog', baseUrl: server.baseUrl, breaker, registry });
  open.push(server, client);

  const outcome = async (deadlineMs: number) => {
    const request = {
      name: 'catalog.look',
      method: 'GET',
      path: '/',
      route: '/',
      replies: { 200: Type.Object({}) },
    } as const;
    try {
      const { status } = await client.request({ ...request, deadlineAt: Date.now() + deadlineMs });
      return String(status);
    } catch (error) {
      const { reason, sent } = error as { reason: string; sent: boolean };
      return sent ? reason : `${reason} (not sent)`;
    }
  };

  const peer = {
    requests: 0,
    /** What became of calls made one after another. */
    async outcomes(count: number, deadlineMs = 5000): Promise<string[]> {
      const outcomes: string[] = [];
      while (outcomes.length < count) outcomes.push(await outcome(deadlineMs));
      return outcomes;
    },
    async state(): Promise<string | undefined> {
      const text = await registry.metrics();
      return /http_client_circuit_state\{peer="catalog",state="([a-z-]+)"\} 1/.exec(text)?.[1];
    },
    arrived: () => {
      for (const look of arrivals.splice(0)) look();
    },
    async arrival(count: number): Promise<void> {
      while (peer.requests < count) await new Promise<void>((done) => arrivals.push(done));
    },
  };
  return peer;
}
