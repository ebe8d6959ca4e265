// npm run compose-check: docker compose up as a user meets it, under a project name and on ports of its own.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createChecklist } from '../checklist.ts';
import { createStack } from '../compose/stack.ts';
import { whyNoDocker } from '../containers/docker.ts';
import { until } from '../containers/until.ts';
import { runSuite } from '../e2e/run-suite.ts';
import { ADDED_LIMIT_BYTES, addedBytes, RUNTIME_IMAGE } from '../image-check/image.ts';
import { buildArtefact } from './artefacts.ts';
import { compileCacheReport, filesOf } from './image.ts';
import { leftovers } from './leftovers.ts';
import { lockOf } from './lock.ts';
import { memoryOf } from './memory.ts';

type Task = {
  source: string;
  taskId: string;
  containers: { cpuLimitVcpus?: number; memoryLimitBytes?: number; memoryUsedBytes?: number; cpuPercent?: number }[];
};

const root = join(import.meta.dirname, '../..');
const apps = ['catalog', 'order', 'payment', 'sandbox-gateway', 'dev-issuer'] as const;
const REPLICAS = 3;
const REPLICAS_TIMEOUT_MS = 60_000;
const TASK_TIMEOUT_MS = 30_000;
const MIB = 2 ** 20;
const { check, add, finish } = createChecklist();

async function main(): Promise<void> {
  const stack = await createStack({ root, project: 'fargate-shop-check', settings: { SHOP_VERSION: 'check' } });
  await check('the list of packages names what production runs and nothing else', async () => {
    const { components } = JSON.parse(buildArtefact(root, 'order', 'sbom', 'sbom.cdx.json'));
    const names = new Set(components.map(({ name }: { name: string }) => name));
    assert.ok(['fastify', 'pino', '@opentelemetry/api'].every((name) => names.has(name)));
    assert.deepEqual(
      ['jest', 'nx', 'esbuild', 'supertest'].filter((tool) => names.has(tool)),
      [],
    );
  });
  await check('the source map leads from the bundle to the code', async () => {
    const { sources } = JSON.parse(buildArtefact(root, 'order', 'source-map', 'main.cjs.map'));
    assert.ok(sources.some((source: string) => source.endsWith('apps/order/src/saga.ts')));
  });
  console.log('Building the images...');
  await stack.compose('--profile=*', 'build', '--quiet', 'reconcile', ...apps);
  try {
    await check('docker compose up --build --wait opens the shop', async (note) => {
      const startedAt = performance.now();
      await stack.compose('up', '--build', '--wait', '--quiet-pull');
      note(`${seconds(startedAt)} s with built images, ${Math.round(await memoryOf(stack))} MiB`);
    });
    await check('every container is healthy, and the setup has ended well', async () => {
      const containers = await stack.containers();
      assert.ok(containers.length >= 10, `only ${containers.length} containers`);
      for (const { Service, State, Health, ExitCode } of containers) {
        if (Service === 'setup') assert.deepEqual([State, ExitCode], ['exited', 0], Service);
        else assert.deepEqual([State, Health], ['running', 'healthy'], Service);
      }
    });
    for (const app of apps) await check(`${app} runs locked in`, () => isLockedIn(app));
    await check('every image holds its app alone, adds at most 8 MB, and has a compile cache that fits', async () => {
      for (const app of apps) {
        const image = `fargate-shop/${app}:check`;
        assert.match(compileCacheReport(image), /V8 code cache for CommonJS \/app\/main\.cjs was accepted/, app);
        const strangers = filesOf(image).filter((file) => /\.map$|\.ts$|node_modules|package/.test(file));
        assert.deepEqual(strangers, [], app);
        assert.ok(
          addedBytes(image, RUNTIME_IMAGE) <= ADDED_LIMIT_BYTES,
          `${app} adds ${addedBytes(image, RUNTIME_IMAGE)} bytes`,
        );
      }
    });
    add(await runSuite({ baseUrl: stack.baseUrl, tokens: { issuerUrl: stack.issuerUrl }, servicePages: true }));
    await check('each service knows its task: CPU, memory and their limits', async () => {
      for (const service of ['catalog', 'order', 'payment']) {
        const { source, containers } = await taskOf(service);
        assert.equal(source, 'v4');
        assert.equal(containers[0]?.cpuLimitVcpus, 0.25);
        assert.equal(containers[0]?.memoryLimitBytes, 512 * MIB);
        assert.ok(Number(containers[0]?.memoryUsedBytes) > 10 * MIB, `${service} says it needs no memory`);
        // Between two readings of an idle service there may be none.
        await until(`${service} says it uses CPU`, TASK_TIMEOUT_MS, async () => {
          const [container] = (await taskOf(service)).containers;
          return Number(container?.cpuPercent) > 0;
        });
      }
    });
    await check('the balancer finds the replicas of --scale catalog=3', async () => {
      await stack.compose('up', '--wait', '--no-recreate', '--scale', `catalog=${REPLICAS}`);
      const seen = new Set<string>();
      await until(`${REPLICAS} tasks answer`, REPLICAS_TIMEOUT_MS, async () => {
        seen.add((await taskOf('catalog')).taskId);
        return seen.size === REPLICAS;
      });
    });
    await check('reconcile finds no difference', async () => {
      assert.match(await stack.compose('run', '--rm', '--no-deps', 'reconcile'), /Everything agrees/);
    });
  } finally {
    await check('docker compose down -v stops it gracefully and leaves nothing', async (note) => {
      const startedAt = performance.now();
      await stack.compose('stop');
      const ended = await stack.containers();
      const badly = ended.filter(
        ({ Service, ExitCode }) => ExitCode !== 0 && (apps as readonly string[]).includes(Service),
      );
      await stack.down();
      note(`${seconds(startedAt)} s`);
      assert.deepEqual(badly, []);
      assert.deepEqual(leftovers(stack.project), []);
    });
  }

  async function isLockedIn(service: string): Promise<void> {
    const { userId, capabilities, noNewPrivileges, canWrite } = await lockOf(stack, service);
    assert.equal(userId, 65532);
    assert.match(capabilities, /^[0 ]+$/);
    assert.ok(noNewPrivileges);
    assert.deepEqual(canWrite, ['/tmp']);
  }

  async function taskOf(service: string): Promise<Task> {
    const answer = await fetch(`${stack.baseUrl}/${service}/task`, { signal: AbortSignal.timeout(10_000) });
    assert.equal(answer.status, 200);
    return (await answer.json()) as Task;
  }
}

const seconds = (startedAt: number) => ((performance.now() - startedAt) / 1000).toFixed(1);

const missing = await whyNoDocker();
if (missing) {
  console.error(missing);
  process.exitCode = 1;
} else {
  await main();
  finish();
}
