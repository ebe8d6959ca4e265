import { afterEach, expect, test } from '@jest/globals';
import { orderAddress, orderId } from './recorded-engine.ts';
import { runMetadata } from './running-metadata.ts';

let running: Awaited<ReturnType<typeof runMetadata>> | undefined;
afterEach(() => running?.stop());

async function run(options?: Parameters<typeof runMetadata>[0]) {
  running = await runMetadata(options);
  return running;
}

const paths = ['/v4/self', '/v4/self/task', '/v4/self/stats', '/v4/self/task/stats'];
const unknown = { status: 404, code: 'ECS_METADATA_CALLER_UNKNOWN', detail: 'The request came from 127.0.0.1.' };

test.each(paths)('whoever is no container of the network is not told %s', async (path) => {
  const { get } = await run();
  const { status, headers, body } = await get(path);
  expect(status).toBe(404);
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(body).toMatchObject(unknown);
});

test('a container that has just started is known at once', async () => {
  const { get, engine } = await run({ caller: orderAddress });
  const all = engine.documents['/containers/json'] ?? '';
  engine.documents['/containers/json'] = '[]';
  expect((await get('/v4/self')).status).toBe(404);
  engine.documents['/containers/json'] = all;
  expect((await get('/v4/self')).status).toBe(200);
});

test('however many ask, the engine is asked once a second for each thing', async () => {
  const { get, engine, clock } = await run({ caller: orderAddress });
  const asks = [
    '/containers/json',
    `/containers/${orderId}/json`,
    `/containers/${orderId}/stats?stream=false&one-shot=true`,
  ];
  const askAll = () => Promise.all(paths.flatMap((path) => [get(path), get(path), get(path)]));
  await askAll();
  clock.now += 999;
  await askAll();
  expect(engine.asked.sort()).toEqual(asks.sort());
  clock.now += 1;
  await askAll();
  expect(engine.asked.sort()).toEqual([...asks, ...asks].sort());
});
