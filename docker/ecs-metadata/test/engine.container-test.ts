import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createNetwork, docker } from './docker.ts';

// The service from its sources, locked down as Compose runs it, before the engine of this machine.
const name = `ecs-metadata-${randomBytes(4).toString('hex')}`;
const mebibyte = 1024 * 1024;
const idle = ['--eval', 'setInterval(() => {}, 1_000)'];

let network: Awaited<ReturnType<typeof createNetwork>>;
let service: string;
let order: string;
beforeAll(async () => {
  network = await createNetwork(name);
  const socket = '/var/run/docker.sock';
  service = await network.start('ecs-metadata', ['--user', '0', '--volume', `${socket}:${socket}:ro`], ['src/main.ts']);
  const limits = ['--cpus', '0.5', '--memory', '256m'];
  order = await network.start('order', [...limits, '--label', 'com.docker.compose.service=order'], idle);
  await inContainer(order, answersWithin(20_000));
});
afterAll(() => network?.remove());

test('a container is told its own limits, address and figures', async () => {
  const { task, stats } = await inContainer(order, readAll);
  const address = await docker(
    'inspect',
    '--format',
    `{{(index .NetworkSettings.Networks "${name}").IPAddress}}`,
    order,
  );
  expect(task).toMatchObject({
    TaskARN: expect.stringContaining(`:task/local/${order.slice(0, 32)}`),
    Family: 'order',
    Limits: { CPU: 0.5, Memory: 256 },
    Containers: [
      {
        DockerName: `${name}-order`,
        Limits: { CPU: 512, Memory: 256 },
        Networks: [{ IPv4Addresses: [address] }],
        KnownStatus: 'RUNNING',
      },
    ],
  });
  const [dockerId] = Object.keys(stats);
  expect(dockerId).toBe(task.Containers[0].DockerId);
  const { memory_stats: memory } = stats[dockerId ?? ''];
  expect(memory.limit).toBe(256 * mebibyte);
  expect(memory.usage).toBeGreaterThan(mebibyte);
  expect(memory.usage).toBeLessThanOrEqual(256 * mebibyte);
});

test('a service of the shop reads the figures of its own container, CPU among them', async () => {
  const { source, family, containers } = await inContainer(order, readAsServices);
  expect({ source, family }).toEqual({ source: 'v4', family: 'order' });
  expect(containers).toHaveLength(1);
  expect(containers[0]).toMatchObject({ name: 'order', cpuLimitVcpus: 0.5, memoryLimitBytes: 256 * mebibyte });
  expect(containers[0].memoryUsedBytes).toBeGreaterThan(mebibyte);
  // It did little but work while it was measured; the kernel may be somewhat late to hold it back.
  expect(containers[0].cpuPercentOfLimit).toBeGreaterThan(50);
  expect(containers[0].cpuPercentOfLimit).toBeLessThan(150);
});

test('another container without limits is told about itself', async () => {
  const neighbour = await network.start('neighbour', [], idle);
  const { task } = await inContainer(neighbour, readAll);
  expect(task).toMatchObject({ Family: `${name}-neighbour`, Containers: [{ Limits: { CPU: 2 } }] });
  expect(task).not.toHaveProperty('Limits');
});

test('the service stops in order and at once', async () => {
  const toldAt = performance.now();
  await docker('stop', '--time', '30', service);
  expect(performance.now() - toldAt).toBeLessThan(20_000);
  expect(await docker('inspect', '--format', '{{.State.ExitCode}}', service)).toBe('0');
});

const readAll = `
  const get = async (path) => (await fetch('http://ecs-metadata/v4/self' + path)).json();
  console.log(JSON.stringify({ task: await get('/task'), stats: await get('/task/stats') }));`;

/** Works until its own CPU has been measured. */
const readAsServices = `
  import { createTaskMetadata } from '@shop/task-metadata';
  const environment = { ECS_CONTAINER_METADATA_URI_V4: 'http://ecs-metadata/v4/self' };
  const metadata = createTaskMetadata({ environment, timeoutMs: 5_000 });
  const giveUpAt = Date.now() + 20_000;
  let description = await metadata.task();
  while (description.containers[0]?.cpuPercent === undefined && Date.now() < giveUpAt) {
    for (const until = Date.now() + 1_500; Date.now() < until; );
    description = await metadata.task();
  }
  console.log(JSON.stringify(description));`;

const answersWithin = (ms: number) => `
  const giveUpAt = Date.now() + ${ms};
  while (!(await fetch('http://ecs-metadata/readyz').catch(() => undefined))?.ok)
    if (Date.now() > giveUpAt) throw new Error('ecs-metadata did not become ready');
  console.log('{}');`;

async function inContainer(container: string, script: string) {
  return JSON.parse(await docker('exec', container, 'node', '--input-type=module', '--eval', script));
}
