import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { API_KEY } from './test-gateway.ts';
import { createTestShop, type TestShop } from './test-shop.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

let shop: TestShop;
beforeEach(async () => {
  shop = await createTestShop();
  await shop.product({ available: 8, received: 10 });
});
afterEach(() => shop.stop());

async function run(args: string[] = [], environment: Record<string, string> = {}) {
  const tables = Object.entries(shop.names).map(([table, name]) => [`${table.toUpperCase()}_TABLE`, name]);
  const env = {
    ...process.env,
    ...Object.fromEntries(tables),
    GATEWAY_URL: shop.gateway.baseUrl,
    GATEWAY_API_KEY: API_KEY,
    ROUND_DELAY_MS: '1',
    ...environment,
  };
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<number | null>((done) => child.once('close', done));
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  for (const secret of [API_KEY, 'pm_never_shown']) expect(stdout + stderr).not.toContain(secret);
  return { stdout, stderr, exitCode };
}

test('a clean shop exits 0 with a short table', async () => {
  await shop.sale();
  const { stdout, exitCode } = await run();
  expect(exitCode).toBe(0);
  expect(stdout).toContain('their sum in GBP');
  expect(stdout).toMatch(/GBP\s9\.00/);
  expect(stdout).toContain('Everything agrees.');
});

test('a difference exits 1, and names it', async () => {
  const { orderId } = await shop.sale();
  shop.charge(orderId);
  const { stdout, exitCode } = await run();
  expect(exitCode).toBe(1);
  expect(stdout).toContain('1 x charge-surplus: the gateway keeps money that no order accounts for');
  expect(stdout).toContain(`charge-surplus ${orderId}: ch_1 GBP 900, refunded 0`);
});

test('--repair says what it refunded, and then the shop is clean', async () => {
  const { orderId } = await shop.sale();
  shop.charge(orderId);
  const first = await run(['--repair', '--json']);
  expect(first.exitCode).toBe(1);
  expect(JSON.parse(first.stdout)).toMatchObject({
    outcome: 'different',
    differences: { examples: [{ kind: 'charge-surplus', id: orderId, repaired: 'refunded GBP 900 as re_0' }] },
  });
  expect((await run(['--repair'])).exitCode).toBe(0);
});

test('what never stands still exits 2', async () => {
  const { orderId } = await shop.sale();
  await shop.product({ available: 10, received: 10 });
  await shop.cancelledSale(orderId, { charged: true });
  shop.gateway.onLookup = () => {
    for (const charge of shop.gateway.charges) charge.refundedMinor += 1;
  };
  const { stdout, exitCode } = await run(['--json']);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'undecided', undecided: { kinds: { 'charge-surplus': 1 } } });
  expect(exitCode).toBe(2);
});

test.each<[string, string[], Record<string, string>, string]>([
  ['the configuration is wrong', [], { GATEWAY_URL: '', OPEN_LIMIT_MS: 'long' }, 'GATEWAY_URL is not set'],
  ['there is no API key', [], { GATEWAY_API_KEY: '' }, 'GATEWAY_SECRET_ARN is not set'],
  ['the API key is refused', [], { GATEWAY_API_KEY: 'another' }, 'the API key is not valid'],
  ['a table is not there', [], { ORDERS_TABLE: 'no-such-table' }, 'Cannot do operations on a non-existent table'],
  ['an option is unknown', ['--fix'], {}, "Unknown option '--fix'"],
])('a run that cannot finish because %s exits 3 with one line of why', async (_, args, environment, why) => {
  await shop.sale();
  const { stdout, stderr, exitCode } = await run(args, environment);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toContain('reconcile could not finish: ');
  expect(stderr).toContain(why);
});
