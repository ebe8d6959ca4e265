import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AppProcess, appProcess } from '@shop/testing/app-process';
import { until } from '@shop/testing/until';
import { createLedger, type TestLedger } from './ledger.ts';
import { API_KEY } from './running-gateway.ts';

let ledger: TestLedger;
let gateway: AppProcess;
beforeAll(async () => {
  ledger = await createLedger();
  gateway = await appProcess(new URL('../src/main.ts', import.meta.url), {
    SANDBOX_LEDGER_TABLE: ledger.table,
    GATEWAY_API_KEY: API_KEY,
  });
});
afterAll(async () => {
  await gateway.stop();
  await ledger.drop();
});

test('a process that is told to stop lets nobody wait, and stops', async () => {
  await gateway.start();
  const tokens = ['pm_needs_8s', 'pm_timeout_with_effect', 'pm_timeout_without_effect'];
  const asks = tokens.map((token) =>
    fetch(`${gateway.url}/v1/charges`, {
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
  const exited = gateway.stop('SIGTERM');

  for (const ask of asks) expect((await ask).status).toBe(503);
  expect(await exited).toEqual({ code: 0, signal: null });
  expect(Date.now() - toldAt).toBeLessThan(15_000);
  expect(gateway.output()).toContain('GATEWAY_GAVE_UP');
  expect(gateway.output()).not.toMatch(/_marker|key-of-this-test/);
});
