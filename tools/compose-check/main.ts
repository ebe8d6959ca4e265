// npm run compose-check: docker compose up as a user meets it, under a project name and on ports of its own.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createChecklist } from '../checklist.ts';
import { createStack } from '../compose/stack.ts';
import { whyNoDocker } from '../containers/docker.ts';
import { runSuite } from '../e2e/run-suite.ts';
import { watchInterrupts } from '../shop/interrupts.ts';
import { answerHelp } from '../usage.ts';
import { imageIsLean, packagesAreListed, sourceMapLeadsToCode } from './image-checks.ts';
import { leftovers } from './leftovers.ts';
import { memoryOf } from './memory.ts';
import { allAreHealthy, isLockedIn, knowsItsTask, replicasAnswer, visitorsAreServed } from './stack-checks.ts';

answerHelp(`Usage: npm run compose-check

Runs docker compose up as a user meets it, under a project name and on ports of its own: health, locks, end-to-end tests, replicas,
visitors, reconcile, exit codes, and that nothing is left.`);

const root = join(import.meta.dirname, '../..');
const services = ['catalog', 'order', 'payment'] as const;
const apps: readonly string[] = [...services, 'sandbox-gateway', 'dev-issuer'];
const images = [...apps, 'reconcile', 'load-generator', 'setup', 'ecs-metadata'];
const VERSION = 'check';
/** The shipped values, whatever the user's own environment says. */
const settings = {
  SHOP_VERSION: VERSION,
  COMPOSE_PROFILES: '',
  TASK_CPUS: '0.25',
  SHUTDOWN_DELAY_MS: '15000',
  EXPOSE_SERVICE_PAGES: 'true',
  RATE_PER_SECOND: '5',
};
const { check, add, finish } = createChecklist();

async function main(signal: AbortSignal): Promise<void> {
  const stack = await createStack({ root, project: 'fargate-shop-check', settings, signal });
  await stack.down('--timeout=1');
  console.log('Building the images...');
  await stack.compose('--profile=*', 'build', '--quiet', ...images);
  try {
    await check('the compose file is valid with every profile', async () => {
      await stack.compose('--profile=*', 'config', '--quiet');
    });
    await check('the list of packages names what production runs and nothing else', () => packagesAreListed(root));
    await check('the source map leads from the bundle to the code', () => sourceMapLeadsToCode(root));
    for (const name of images) {
      await check(`the image of ${name} is lean, and its compiled code fits`, () =>
        imageIsLean(`fargate-shop/${name}:${VERSION}`, VERSION),
      );
    }
    await check('docker compose up --build --wait opens the shop', async (note) => {
      const startedAt = performance.now();
      await stack.compose('up', '--build', '--wait', '--quiet-pull');
      note(`${seconds(startedAt)} s with built images, ${Math.round(await memoryOf(stack))} MiB`);
    });
    await check('every container is healthy, and the setup has ended well', () => allAreHealthy(stack));
    for (const app of apps) await check(`${app} runs locked in`, () => isLockedIn(stack, app));
    add(await runSuite({ baseUrl: stack.baseUrl, tokens: { issuerUrl: stack.issuerUrl }, servicePages: true }));
    for (const service of services) {
      await check(`${service} knows its CPU, its memory and their limits`, () => knowsItsTask(stack, service));
    }
    await check('the balancer finds the replicas of --scale catalog=3', async () => {
      await stack.compose('up', '--wait', '--no-recreate', '--scale', 'catalog=3');
      await replicasAnswer(stack, 'catalog', 3);
    });
    await check('the visitors of the profile load are served', async (note) => {
      await stack.compose(
        '--profile=load',
        'up',
        '--detach',
        '--no-recreate',
        '--scale',
        'catalog=3',
        'load-generator',
      );
      note(await visitorsAreServed(stack));
      await stack.compose('stop', 'load-generator');
    });
    await check('reconcile finds no difference', async () => {
      assert.match(await stack.compose('run', '--rm', '--no-deps', 'reconcile'), /Everything agrees/);
    });
    await check('docker compose stop ends every app with exit code 0', async (note) => {
      const startedAt = performance.now();
      await stack.compose('stop');
      note(`${seconds(startedAt)} s`);
      const ended = (await stack.containers()).filter(({ Service }) => apps.includes(Service));
      assert.deepEqual(
        ended.filter(({ ExitCode }) => ExitCode !== 0),
        [],
      );
    });
    await check("docker compose --profile '*' down --volumes leaves nothing", async () => {
      await stack.compose('--profile', '*', 'down', '--volumes');
      assert.deepEqual(await leftovers(stack.project), []);
    });
  } finally {
    await stack.down('--timeout=1');
  }
}

const seconds = (startedAt: number) => ((performance.now() - startedAt) / 1000).toFixed(1);

const missing = await whyNoDocker();
if (missing) {
  console.error(missing);
  process.exitCode = 1;
} else {
  const interruption = new AbortController();
  watchInterrupts({ onStop: () => interruption.abort(), onForce: () => process.exit(1) });
  await main(interruption.signal);
  finish();
}
