import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Type } from 'typebox';
import { startPeer } from '../test/peer.ts';
import { createHttpClient, type Step } from './http-client.ts';

let seen: string[];
const listener = (message: unknown) => {
  const { name, phase } = message as Step;
  seen.push(`${phase} ${name}`);
};
beforeEach(() => {
  seen = [];
  subscribe('shop.step', listener);
});
afterEach(() => {
  unsubscribe('shop.step', listener);
});

describe('the channel shop.step', () => {
  test('tells a call before the peer gets it and after its answer has arrived', async () => {
    await call((_, response) => {
      seen.push('the peer answers');
      response.end('{}');
    });
    seen.push('the caller sees it');
    expect(seen).toEqual(['before catalog.release', 'the peer answers', 'after catalog.release', 'the caller sees it']);
  });

  test('has an after for a refusal too', async () => {
    await expect(call((_, response) => response.writeHead(500).end())).rejects.toMatchObject({ status: 500 });
    expect(seen).toEqual(['before catalog.release', 'after catalog.release']);
  });

  test('has no after for a call without an answer, and nothing for one that is not sent', async () => {
    await expect(call((request) => request.socket.destroy())).rejects.toMatchObject({ reason: 'connection' });
    expect(seen).toEqual(['before catalog.release']);
    await expect(call(() => {}, -1)).rejects.toMatchObject({ reason: 'timeout' });
    expect(seen).toEqual(['before catalog.release']);
  });
});

async function call(handler: RequestListener, deadlineMs = 5000): Promise<void> {
  const peer = await startPeer(handler);
  const client = createHttpClient({ peer: 'catalog', baseUrl: peer.baseUrl });
  const path = '/internal/reservations/ord_1';
  const request = {
    name: 'catalog.release',
    method: 'DELETE',
    path,
    route: path,
    replies: { 200: Type.Object({}) },
  } as const;
  try {
    await client.request({ ...request, deadlineAt: Date.now() + deadlineMs });
  } finally {
    await client.close();
    await peer.close();
  }
}
