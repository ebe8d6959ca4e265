import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { startCollector } from '../test/collector.ts';

test('in a bundle of one file a request is traced and exported as from source', async () => {
  const collector = await startCollector();
  const folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  const outfile = join(folder, 'app.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../test/bundled-app.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    keepNames: true,
    minify: true,
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  });
  await promisify(execFile)(process.execPath, [outfile], {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
  });
  expect(collector.spans()).toMatchObject([{ name: 'GET /v1/products/:sku', kind: 2 }]);
  expect(collector.resource()).toMatchObject({ 'service.name': 'bundled' });
  await rm(folder, { recursive: true });
  await collector.stop();
});
