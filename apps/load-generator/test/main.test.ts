import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type StandInShop, startStandIn } from './stand-in-shop.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
let shop: StandInShop;
beforeEach(async () => {
  shop = await startStandIn();
});
afterEach(() => shop.stop());

function run(environment: NodeJS.ProcessEnv) {
  const addresses = { BASE_URL: shop.url, ISSUER_URL: shop.url, SUMMARY_INTERVAL_MS: '100' };
  const child = spawn(process.execPath, [main], { env: { ...addresses, ...environment }, stdio: 'pipe' });
  const lines = createInterface(child.stdout);
  return { child, lines, errors: text(child.stderr), closed: once(child, 'close') };
}

describe('the load generator', () => {
  test('tells each interval how it goes, until SIGTERM', async () => {
    const { child, lines, closed } = run({ RATE_PER_SECOND: '100' });
    const all: string[] = [];
    lines.on('line', (line) => all.push(line));
    await once(lines, 'line');
    child.kill('SIGTERM');
    await closed;
    expect(child.exitCode).toBe(0);
    const [first, last] = [all[0], all.at(-1)].map((line) => JSON.parse(line ?? ''));
    expect(first).toMatchObject({ service: 'load-generator', msg: 'load goes on', failed: 0, lastFailures: [] });
    expect(last).toMatchObject({ level: 'info', msg: 'load has ended', failed: 0 });
    // The issuer is the same server.
    expect(last.requests).toBe(shop.seen.filter(({ url }) => url !== '/token').length);
  });

  test('ends by itself when its time is over, and says by its exit code that something failed', async () => {
    shop.disturb((request, response) => {
      if (request.method !== 'GET') return false;
      return Boolean(response.writeHead(500).end());
    });
    const { child, lines, closed } = run({ DURATION_S: '1', CONCURRENCY: '2', SUMMARY_INTERVAL_MS: '60000' });
    const [line] = await once(lines, 'line');
    await closed;
    expect(child.exitCode).toBe(1);
    const { level, failed, lastFailures } = JSON.parse(line);
    expect([level, failed > 0, lastFailures.length]).toEqual(['warn', true, 3]);
    expect(lastFailures[0]).toMatchObject({ kind: 'status', status: 500 });
  });

  test('does not start without addresses', async () => {
    const { child, errors, closed } = run({ BASE_URL: '', ISSUER_URL: 'issuer' });
    await closed;
    expect(child.exitCode).toBe(1);
    expect(await errors).toMatch(/BASE_URL is not set.*\n.*ISSUER_URL is "issuer"/);
  });
});
