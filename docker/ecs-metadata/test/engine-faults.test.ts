import { afterEach, expect, test } from '@jest/globals';
import { type Misbehaviour, orderAddress } from './recorded-engine.ts';
import { runMetadata } from './running-metadata.ts';

let running: Awaited<ReturnType<typeof runMetadata>> | undefined;
afterEach(() => running?.stop());

async function run(options: Parameters<typeof runMetadata>[0]) {
  running = await runMetadata(options);
  return running;
}

test.each<[string, Misbehaviour]>([
  ['answers with an error', (response) => response.writeHead(500).end('{"message":"no space left"}')],
  ['answers with another document', (response) => response.end('[{"Id":1}]')],
  ['answers with no JSON', (response) => response.end('<html>')],
  [
    'breaks off',
    (response) => response.writeHead(200, { 'content-length': '100' }).write('[', () => response.destroy()),
  ],
  ['hangs up', (response) => response.destroy()],
  ['does not answer', () => {}],
])('while the engine %s we are not ready and answer 503, and are back when it is', async (_title, how) => {
  const { get, engine } = await run({ caller: orderAddress, ENGINE_TIMEOUT_MS: '500' });
  engine.misbehave(how);
  const { status, headers, body } = await get('/v4/self/task');
  expect(status).toBe(503);
  expect(headers.get('retry-after')).toBe('1');
  expect(body).toMatchObject({ code: 'ECS_METADATA_ENGINE_UNAVAILABLE' });
  expect(JSON.stringify(body)).not.toContain('no space left');
  expect((await get('/readyz')).status).toBe(503);
  expect((await get('/livez')).status).toBe(200);

  engine.misbehave(undefined);
  expect((await get('/v4/self/task')).status).toBe(200);
});

test('without an engine the answer is 503', async () => {
  const { get, engine } = await run({ caller: orderAddress });
  await engine.stop();
  expect((await get('/v4/self/stats')).status).toBe(503);
});
