import { afterEach, expect, test } from '@jest/globals';
import { createTaskMetadata } from '@shop/task-metadata';
import { orderAddress, orderId, recorded } from './recorded-engine.ts';
import { runMetadata } from './running-metadata.ts';

const running: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});

test('a service of the shop reads its task, its limits and its figures', async () => {
  const { url, engine, clock, stop } = await runMetadata({ caller: orderAddress });
  const options = { environment: { ECS_CONTAINER_METADATA_URI_V4: url }, now: () => clock.now, timeoutMs: 5_000 };
  const service = createTaskMetadata(options);
  running.push(service, { stop });

  const first = await service.task();
  expect(first).toMatchObject({
    source: 'v4',
    stale: false,
    cluster: 'metadata-shop',
    taskId: orderId.slice(0, 32),
    family: 'order',
    revision: '1',
    availabilityZone: 'eu-west-1b',
    launchType: 'FARGATE',
    cpuLimitVcpus: 0.5,
    memoryLimitBytes: 256 * 1024 * 1024,
    containers: [{ name: 'order', status: 'RUNNING', cpuLimitVcpus: 0.5, memoryUsedBytes: 96_280_576 - 75_223_040 }],
  });
  expect(first.containers[0]).not.toHaveProperty('cpuPercent');

  engine.documents[`/containers/${orderId}/stats`] = recorded('order-stats-later');
  clock.now += 10_000;
  const { containers } = await service.task();
  const before = JSON.parse(recorded('order-stats')).cpu_stats.cpu_usage.total_usage;
  const percent = ((175_046_553 - before) / (25_196_340_000_000 - 25_176_430_000_000)) * 2 * 100;
  expect(percent).toBeGreaterThan(0.1);
  expect(containers[0]).toMatchObject({
    cpuPercent: expect.closeTo(percent, 1),
    cpuPercentOfLimit: expect.closeTo(2 * percent, 1),
    networkReceivedBytes: 34_298,
    networkSentBytes: 10_026_412,
  });

  const other = createTaskMetadata(options);
  running.push(other);
  expect((await other.task()).containers[0]).toMatchObject({ cpuPercent: expect.closeTo(percent, 1) });
});
