import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';

let child: ChildProcess | undefined;
afterEach(() => void child?.kill('SIGKILL'));

test('the process stops at once and in order when it is told to', async () => {
  const started = spawn(process.execPath, [fileURLToPath(new URL('../src/main.ts', import.meta.url))], {
    env: { HOST: '127.0.0.1', PORT: '0', DOCKER_SOCKET: '/nowhere/docker.sock' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  const closed = once(started, 'close');
  let origin: string | undefined;
  for await (const line of createInterface(started.stdout)) {
    origin = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (origin) break;
  }
  started.stdout.resume();
  expect((await fetch(`${origin}/livez`)).status).toBe(200);

  const toldAt = performance.now();
  started.kill('SIGTERM');
  expect(await closed).toEqual([0, null]);
  expect(performance.now() - toldAt).toBeLessThan(10_000);
});
