import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createLedger, type TestLedger } from './ledger.ts';
import { API_KEY } from './running-gateway.ts';
import { until } from './until.ts';

const main = new URL('../src/main.ts', import.meta.url).pathname;

let ledger: TestLedger;
let gateway: ChildProcess | undefined;
beforeAll(async () => {
  ledger = await createLedger();
});
afterEach(() => {
  gateway?.kill('SIGKILL');
});
afterAll(() => ledger.drop());

test('a process that is told to stop lets nobody wait, and stops', async () => {
  const port = await freePort();
  const started = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      SHUTDOWN_DELAY_MS: '0',
      SANDBOX_LEDGER_TABLE: ledger.table,
      GATEWAY_API_KEY: API_KEY,
    },
  });
  gateway = started;
  let output = '';
  for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (output += chunk));
  const exited = once(started, 'close');
  const url = `http://127.0.0.1:${port}`;
  await until('the gateway is ready', async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.ok ?? false);

  const tokens = ['pm_needs_8s', 'pm_timeout_with_effect', 'pm_timeout_without_effect'];
  const asks = tokens.map((token) =>
    fetch(`${url}/v1/charges`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', 'idempotency-key': token },
      body: JSON.stringify({ amountMinor: 500, currency: 'GBP', reference: token, paymentMethod: `${token}_marker` }),
    }),
  );
  await until('all of them wait', async () => {
    const known = await Promise.all(tokens.map((token) => ledger.entries(token)));
    return known.every(({ length }) => length > 0);
  });
  const toldAt = Date.now();
  started.kill('SIGTERM');

  for (const ask of asks) expect((await ask).status).toBe(503);
  expect(await exited).toEqual([0, null]);
  expect(Date.now() - toldAt).toBeLessThan(15_000);
  expect(output).toContain('GATEWAY_GAVE_UP');
  expect(output).not.toMatch(/_marker|key-of-this-test/);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address ? address.port : 0;
}
