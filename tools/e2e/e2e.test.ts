import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';

const opened: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

async function run(...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { stdio: 'pipe' });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, output, errors };
}

/** Answers every request with the status. */
async function startAnswering(status: number): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end());
  opened.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closedAddress(): Promise<string> {
  const url = await startAnswering(200);
  await new Promise((resolve) => (opened.pop() as ReturnType<typeof createServer>).close(resolve));
  return url;
}

describe('the end-to-end tests by hand', () => {
  test('say how they are used', async () => {
    const { code, output } = await run('--help');
    expect([code, output]).toEqual([0, expect.stringContaining('--token-command')]);
  });

  test.each([
    [['--base-url', 'localhost:8080'], '--base-url is "localhost:8080", and should be like http://host:8080\n'],
    [
      ['--issuer-url', 'http://a', '--token-command', 'b'],
      'Tokens come from --issuer-url or from --token-command, not from both.\n',
    ],
    [['--anonymous', '--issuer-url', 'http://a'], '--anonymous needs no tokens, and takes no other option for them.\n'],
  ])('refuse %j in one sentence', async (args, sentence) => {
    expect(await run(...args)).toEqual({ code: 1, output: '', errors: sentence });
  });

  test('do not begin where no shop answers', async () => {
    const url = await closedAddress();
    const advice = 'run npm start first, or name another address with --base-url.\n';
    expect(await run('--base-url', url)).toMatchObject({
      code: 1,
      errors: `No shop answers at ${url} (no connection): ${advice}`,
    });
    const broken = await startAnswering(503);
    expect((await run('--base-url', broken)).errors).toBe(`No shop answers at ${broken} (503): ${advice}`);
  });

  test('need no issuer as a stranger, and fail where anything else answers than the shop', async () => {
    const { code, output } = await run('--base-url', await startAnswering(200), '--anonymous');
    expect([code, output]).toEqual([1, expect.stringMatching(/as a stranger.*tests: \d+ passed, [1-9]\d* failed/s)]);
  });

  test('do not begin where no issuer answers', async () => {
    const [shop, issuer] = [await startAnswering(200), await closedAddress()];
    const { code, errors } = await run('--base-url', shop, '--issuer-url', issuer);
    expect([code, errors]).toEqual([1, expect.stringContaining(`No issuer answers at ${issuer} (no connection)`)]);
  });
});
