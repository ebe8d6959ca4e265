import { afterEach, expect, test } from '@jest/globals';
import { neighbourAddress, orderAddress, orderId, recorded } from './recorded-engine.ts';
import { runMetadata } from './running-metadata.ts';

let running: Awaited<ReturnType<typeof runMetadata>> | undefined;
afterEach(() => running?.stop());

async function run(options: Parameters<typeof runMetadata>[0]) {
  running = await runMetadata(options);
  return running;
}

const taskId = '6aaf3a281d267fc7f631e958573ffa4d';
const dockerId = `${taskId}-2998448972`;
const container = {
  DockerId: dockerId,
  Name: 'order',
  DockerName: 'metadata-shop-order-2',
  Image: 'node:24-bookworm-slim',
  ImageID: 'sha256:0146b6b6bdd4a4b2a8f54e9d593cd981e973a1bfbe5f8c26ab73ced7467171e5',
  Labels: {
    team: 'checkout',
    'com.amazonaws.ecs.cluster': 'arn:aws:ecs:eu-west-1:000000000000:cluster/metadata-shop',
    'com.amazonaws.ecs.container-name': 'order',
    'com.amazonaws.ecs.task-arn': `arn:aws:ecs:eu-west-1:000000000000:task/metadata-shop/${taskId}`,
    'com.amazonaws.ecs.task-definition-family': 'order',
    'com.amazonaws.ecs.task-definition-version': '1',
  },
  DesiredStatus: 'RUNNING',
  KnownStatus: 'RUNNING',
  Limits: { CPU: 512, Memory: 256 },
  CreatedAt: '2026-11-21T11:08:35.28561462Z',
  StartedAt: '2026-11-21T11:08:35.538982755Z',
  Type: 'NORMAL',
  Networks: [
    {
      NetworkMode: 'awsvpc',
      IPv4Addresses: ['127.0.0.1'],
      AttachmentIndex: 0,
      MACAddress: '02:42:ac:1e:07:02',
      IPv4SubnetCIDRBlock: '127.0.0.0/24',
      DomainNameServers: ['127.0.0.11'],
      DomainNameSearchList: [],
      PrivateDNSName: 'metadata-shop-order-2',
      SubnetGatewayIpv4Address: '127.0.0.1/24',
    },
  ],
  ContainerARN: `arn:aws:ecs:eu-west-1:000000000000:container/metadata-shop/${taskId}/b2b8b34c-d918-9a7c-d74b-55d9a257577b`,
  LogOptions: {},
  LogDriver: 'json-file',
  Snapshotter: 'overlay2',
};

test('a container is told about itself', async () => {
  const { get } = await run({ caller: orderAddress });
  expect((await get('/v4/self')).body).toEqual(container);
});

test('a container is told about its task', async () => {
  const { get } = await run({ caller: orderAddress });
  expect((await get('/v4/self/task')).body).toEqual({
    Cluster: 'arn:aws:ecs:eu-west-1:000000000000:cluster/metadata-shop',
    TaskARN: `arn:aws:ecs:eu-west-1:000000000000:task/metadata-shop/${taskId}`,
    Family: 'order',
    Revision: '1',
    ServiceName: 'order',
    DesiredStatus: 'RUNNING',
    KnownStatus: 'RUNNING',
    Limits: { CPU: 0.5, Memory: 256 },
    PullStartedAt: '2026-11-21T11:08:35.28561462Z',
    PullStoppedAt: '2026-11-21T11:08:35.28561462Z',
    AvailabilityZone: 'eu-west-1b',
    LaunchType: 'FARGATE',
    Containers: [container],
    ClockDrift: {
      ClockErrorBound: 0,
      ReferenceTimestamp: '2026-11-21T11:09:00Z',
      ClockSynchronizationStatus: 'SYNCHRONIZED',
    },
    EphemeralStorageMetrics: { Utilized: 0, Reserved: 20_496 },
    FaultInjectionEnabled: false,
  });
});

test('a container without limits and without Compose has a task without limits, named after itself', async () => {
  const { get } = await run({ caller: neighbourAddress });
  const { body: task } = await get('/v4/self/task');
  expect(task).toMatchObject({
    Cluster: 'arn:aws:ecs:eu-west-1:000000000000:cluster/local',
    Family: 'metadata-neighbour',
    Containers: [{ Name: 'metadata-neighbour', DockerName: 'metadata-neighbour', Limits: { CPU: 2 } }],
  });
  expect(task).not.toHaveProperty('Limits');
  expect(task).not.toHaveProperty('ServiceName');
  expect(task).not.toHaveProperty('Containers.0.Limits.Memory');
});

test('the first figures of a container are those of the engine, under the names that ECS gives it', async () => {
  const { get } = await run({ caller: orderAddress });
  const figures = { ...JSON.parse(recorded('order-stats')), id: dockerId, name: 'metadata-shop-order-2' };
  expect((await get('/v4/self/stats')).body).toEqual(figures);
  expect((await get('/v4/self/task/stats')).body).toEqual({ [dockerId]: figures });
});

test('later figures come with those before them and with what the network carried in between', async () => {
  const { get, engine, clock } = await run({ caller: orderAddress });
  const first = JSON.parse(recorded('order-stats'));
  const later = JSON.parse(recorded('order-stats-later'));
  await get('/v4/self/stats');
  engine.documents[`/containers/${orderId}/stats`] = JSON.stringify(later);
  clock.now += 10_000;
  const seconds = (Date.parse(later.read) - Date.parse(first.read)) / 1_000;
  expect(seconds).toBeCloseTo(10, 0);
  expect((await get('/v4/self/task/stats')).body).toEqual({
    [dockerId]: {
      ...later,
      id: dockerId,
      name: 'metadata-shop-order-2',
      preread: first.read,
      precpu_stats: first.cpu_stats,
      network_rate_stats: {
        rx_bytes_per_sec: expect.closeTo((34_298 - 286) / seconds, 6),
        tx_bytes_per_sec: expect.closeTo(10_026_412 / seconds, 6),
      },
    },
  });
});

test('figures of more than a minute ago are no ground for rates', async () => {
  const { get, clock } = await run({ caller: orderAddress });
  await get('/v4/self/stats');
  clock.now += 60_001;
  const { body } = await get('/v4/self/stats');
  expect(body).toHaveProperty('preread', '0001-01-01T00:00:00Z');
  expect(body).not.toHaveProperty('network_rate_stats');
});
