import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bundle } from './bundle.ts';

const root = join(import.meta.dirname, '../..');
const nowhere = parseEnv(readFileSync(join(root, 'docker/nowhere.env'), 'utf8'));
const exports: { path: string | undefined; type: string | undefined; bytes: number }[] = [];
let folder: string;
let collector: Server;
let app: ChildProcess;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  collector = createServer(async (request, response) => {
    let bytes = 0;
    for await (const chunk of request) bytes += chunk.length;
    exports.push({ path: request.url, type: request.headers['content-type'], bytes });
    response.end();
  });
  await once(collector.listen(0, '127.0.0.1'), 'listening');
  await bundle({ project: 'apps/catalog', root, outFolder: folder });
  app = spawn(process.execPath, [join(folder, 'app/main.cjs')], {
    env: {
      ...nowhere,
      HOST: '127.0.0.1',
      PORT: '0',
      SHUTDOWN_DELAY_MS: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  url = await listeningAddress(app);
});

afterAll(() => {
  app?.kill('SIGKILL');
  collector?.close();
  collector?.closeAllConnections();
  rmSync(folder, { recursive: true });
});

async function listeningAddress({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The app has no standard output');
  for await (const line of createInterface(stdout)) {
    const [address] = /http:\/\/[\d.:]+/.exec(line) ?? [];
    if (address) {
      stdout.resume();
      return address;
    }
  }
  throw new Error('The app ended before it listened');
}

test.each(['/livez', '/docs/', '/docs/static/swagger-ui-bundle.js', '/openapi.json'])(
  'the bundle of a service answers %s',
  async (path) => {
    expect((await fetch(url + path)).status).toBe(200);
  },
);

test('the bundle of a service sends its spans, and ends well', async () => {
  expect((await fetch(`${url}/problems/catalog-nothing`)).status).toBe(404);
  const ended = once(app, 'close');
  app.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(exports.length).toBeGreaterThan(0);
  for (const { path, type, bytes } of exports) {
    expect([path, type]).toEqual(['/v1/traces', 'application/x-protobuf']);
    expect(bytes).toBeGreaterThan(0);
  }
});
