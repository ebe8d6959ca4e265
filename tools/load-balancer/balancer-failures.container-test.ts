import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import type { Balancer } from './balancer.fixture.ts';
import { openShopNetwork, type ShopNetwork, timings } from './shop-network.fixture.ts';

let shop: ShopNetwork;
let balancer: Balancer;

beforeAll(async () => {
  shop = await openShopNetwork('failures');
  await Promise.all([shop.start('order'), shop.start('payment', { listens: false })]);
  balancer = await shop.balanceWith({ ...timings, loadBalancer: { idleTimeoutSeconds: 3 } });
  const areRegistered = async () => {
    const [orders, payments] = await Promise.all(['be_order', 'be_payment'].map(balancer.targets));
    return orders?.[0]?.isUp && payments?.length === 1;
  };
  await until('the targets are registered', areRegistered, { timeoutMs: 30_000 });
});
afterAll(() => shop.close());

/** A request as bytes. Resolves to all that comes back. */
async function speak(message: string): Promise<string> {
  const socket = connect(balancer.port, '127.0.0.1');
  socket.write(message);
  return (await socket.toArray()).join('');
}

describe("the balancer's own answer", () => {
  test.each([
    [502, 'FRONT_DOOR_BAD_GATEWAY', '/v1/payments/x', 'a target refuses the connection'],
    [503, 'FRONT_DOOR_NO_TARGET', '/v1/products', 'nobody is registered'],
    [504, 'FRONT_DOOR_TARGET_TIMEOUT', '/v1/orders/held', 'a target says nothing for the idle time-out'],
  ])('is %i, %s for %s when %s', async (status, code, path) => {
    const answer = await fetch(`${balancer.url}${path}?card=4111`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    const type = `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
    expect(await answer.json()).toEqual({ type, title: expect.any(String), status, instance: path, code });
  });

  test('is 408 when the client says nothing more', async () => {
    const answer = await speak('POST /v1/orders HTTP/1.1\r\nHost: shop\r\nContent-Length: 10\r\n\r\nhalf');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('FRONT_DOOR_REQUEST_TIMEOUT');
  });
});
