import assert from 'node:assert/strict';
import { docker } from '../containers/docker.ts';
import { ADDED_LIMIT_BYTES, filesAdded } from '../image-check/image.ts';
import { buildArtefact } from './artefacts.ts';
import { compileCacheReport } from './image.ts';

const developmentTools = ['jest', 'nx', 'esbuild', 'supertest'];

export async function packagesAreListed(root: string): Promise<void> {
  const { components } = JSON.parse(await buildArtefact(root, 'apps/order', 'sbom', 'sbom.cdx.json'));
  const names = new Set(components.map(({ name }: { name: string }) => name));
  for (const name of ['fastify', 'pino', '@opentelemetry/api']) assert.ok(names.has(name), `${name} is not listed`);
  assert.deepEqual(
    developmentTools.filter((tool) => names.has(tool)),
    [],
  );
}

export async function sourceMapLeadsToCode(root: string): Promise<void> {
  const { sources } = JSON.parse(await buildArtefact(root, 'apps/order', 'source-map', 'main.cjs.map'));
  assert.ok(sources.some((source: string) => source.endsWith('apps/order/src/saga.ts')));
}

/** Nothing but the app, small, labelled, with compiled code that Node accepts. */
export async function imageIsLean(image: string, version: string): Promise<void> {
  const files = await filesAdded(image);
  const strangers = files.filter(({ path }) => /\.map$|\.ts$|node_modules|package/.test(path));
  assert.deepEqual(strangers, []);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  assert.ok(bytes <= ADDED_LIMIT_BYTES, `${image} adds ${bytes} bytes`);
  assert.match(await compileCacheReport(image), /V8 code cache for CommonJS \/app\/main\.cjs was accepted/, image);
  const labels = JSON.parse(await docker('image', 'inspect', '--format={{json .Config.Labels}}', image));
  assert.equal(labels['org.opencontainers.image.version'], version);
  assert.ok(labels['org.opencontainers.image.revision']);
}
