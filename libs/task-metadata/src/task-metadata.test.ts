import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import fastify from 'fastify';
import { Registry } from 'prom-client';
import { Check } from 'typebox/value';
import { startEndpoint } from '../test/endpoint.ts';
import { statsDocument, taskDocument } from '../test/endpoint-documents.ts';
import { createTaskMetadata, TaskDescription } from './task-metadata.ts';

const mebibyte = 1024 * 1024;
const versions = {
  v4: {
    task: '/task',
    stats: '/task/stats',
    environment: (url: string) => ({
      ECS_CONTAINER_METADATA_URI_V4: url,
      ECS_CONTAINER_METADATA_URI: 'http://127.0.0.1:9',
    }),
  },
  v3: {
    task: '/task',
    stats: '/task/stats',
    environment: (url: string) => ({ ECS_CONTAINER_METADATA_URI: url, AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE' }),
  },
  v2: { task: '/metadata', stats: '/stats', environment: () => ({ AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE' }) },
};
const running: { stop(): unknown }[] = [];

afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function start(version: keyof typeof versions = 'v4', options: { registry?: Registry; timeoutMs?: number } = {}) {
  const { task, stats, environment } = versions[version];
  const endpoint = await startEndpoint({
    [task]: taskDocument(version),
    [stats]: statsDocument(version, 10_000, 100_000),
  });
  const clock = { now: 1_000_000 };
  const metadata = createTaskMetadata({
    environment: environment(endpoint.url),
    version2Url: endpoint.url,
    now: () => clock.now,
    timeoutMs: 5_000,
    ...options,
  });
  running.push(metadata, endpoint);
  return { endpoint, clock, metadata, statsPath: stats };
}

test.each(['v4', 'v3', 'v2'] as const)(
  'the %s endpoint tells the task, its limits and the figures of its containers',
  async (version) => {
    const { metadata } = await start(version);
    const description = await metadata.task();
    expect(description).toMatchObject({
      source: version,
      stale: false,
      ageMs: 0,
      cluster: 'shop',
      taskId: '0123abc',
      taskArn: expect.stringContaining(':task/'),
      family: 'catalog',
      revision: '7',
      availabilityZone: 'eu-west-1a',
      cpuLimitVcpus: 0.5,
      memoryLimitBytes: 1024 * mebibyte,
    });
    expect(description.containers).toEqual([
      {
        name: 'catalog',
        image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/catalog:1.2.3',
        status: 'RUNNING',
        cpuPercent: 10,
        cpuLimitVcpus: 0.5,
        cpuPercentOfLimit: 20,
        memoryUsedBytes: 160 * mebibyte,
        memoryLimitBytes: 1024 * mebibyte,
        memoryPercentOfLimit: 15.63,
        networkReceivedBytes: 1_234,
        networkSentBytes: 566,
        blockReadBytes: 639_000,
        blockWrittenBytes: 4_096,
      },
      expect.objectContaining({
        name: 'collector',
        cpuLimitVcpus: 0.125,
        cpuPercentOfLimit: 80,
        memoryLimitBytes: 64 * mebibyte,
        memoryPercentOfLimit: 25,
      }),
    ]);
    expect(Check(TaskDescription, description)).toBe(true);
  },
);

test('CPU is measured between our last reading and this one', async () => {
  const { metadata, endpoint, clock, statsPath } = await start();
  await metadata.task();
  clock.now += 10_000;
  endpoint.documents[statsPath] = statsDocument('v4', 14_000, 110_000);
  expect((await metadata.task()).containers[0]).toMatchObject({ cpuPercent: 40, cpuPercentOfLimit: 80 });
});

test('a last reading of long ago, or one that has not moved on, leaves the difference that Docker gives', async () => {
  const { metadata, endpoint, clock, statsPath } = await start();
  await metadata.task();
  clock.now += 1_000;
  expect((await metadata.task()).containers[0]).toMatchObject({ cpuPercent: 10 });
  clock.now += 61_000;
  endpoint.documents[statsPath] = statsDocument('v4', 40_000, 162_000);
  expect((await metadata.task()).containers[0]).toMatchObject({ cpuPercent: 10 });
});

test('without the variables of ECS the task is local, and no address is tried', async () => {
  const endpoint = await startEndpoint({ '/metadata': taskDocument('v2'), '/stats': {} });
  running.push(endpoint);
  const metadata = createTaskMetadata({ environment: { AWS_EXECUTION_ENV: 'CloudShell' }, version2Url: endpoint.url });
  expect(await metadata.task()).toEqual({ source: 'local', stale: false, containers: [] });
  expect(endpoint.asked).toEqual([]);
});

test('the endpoint is asked once a second at most, however many ask us', async () => {
  const { metadata, endpoint, clock } = await start();
  await Promise.all(Array.from({ length: 20 }, () => metadata.task()));
  clock.now += 999;
  await metadata.task();
  expect(endpoint.asked.sort()).toEqual(['/task', '/task/stats']);
  clock.now += 1;
  expect((await metadata.task()).ageMs).toBe(0);
  expect(endpoint.asked).toHaveLength(4);
});

test.each([
  ['answers with an error', (response) => response.writeHead(500).end()],
  ['answers with something else', (response) => response.end('<html>')],
  ['answers with another document', (response) => response.end('{"Containers":"none"}')],
  ['hangs up', (response) => response.destroy()],
  ['does not answer', () => {}],
] as [string, (response: ServerResponse) => void][])(
  'when the endpoint %s the last values are given, marked stale and with their age, until it is back',
  async (_title, how) => {
    const { metadata, endpoint, clock } = await start('v4', { timeoutMs: 1_000 });
    const first = await metadata.task();
    endpoint.misbehave((response) => {
      how(response);
      return true;
    });
    clock.now += 30_000;
    expect(await metadata.task()).toEqual({ ...first, stale: true, ageMs: 30_000 });
    endpoint.misbehave(undefined);
    clock.now += 1_000;
    expect(await metadata.task()).toMatchObject({ stale: false, ageMs: 0 });
  },
);

test('a task without figures yet is described without them', async () => {
  const { metadata, endpoint } = await start();
  endpoint.misbehave((response, path) => path.endsWith('stats') && Boolean(response.writeHead(404).end()));
  const { stale, taskId, containers } = await metadata.task();
  expect({ stale, taskId }).toEqual({ stale: false, taskId: '0123abc' });
  expect(containers[0]).toEqual({
    name: 'catalog',
    image: expect.any(String),
    status: 'RUNNING',
    cpuLimitVcpus: 0.5,
    memoryLimitBytes: 1024 * mebibyte,
  });
});

test('an endpoint that never answered leaves a stale description and no error', async () => {
  const metadata = createTaskMetadata({ environment: { ECS_CONTAINER_METADATA_URI_V4: 'http://127.0.0.1:9' } });
  expect(await metadata.task()).toEqual({ source: 'v4', stale: true, containers: [] });
});

test.each<[string, (response: ServerResponse, look: number) => boolean]>([
  ['refuses twice', (response, look) => look <= 2 && Boolean(response.writeHead(503).end())],
  ['is silent once', (_response, look) => look === 1],
  [
    'takes longer than one look',
    (response) => Boolean(setTimeout(() => response.end('{"TaskARN":"task/0123abc"}'), 300)),
  ],
])('a start learns the task from an endpoint that %s', async (_title, misbehave) => {
  const { metadata, endpoint } = await start('v4', { timeoutMs: 100 });
  endpoint.misbehave((response) => misbehave(response, Math.ceil(endpoint.asked.length / 2)));
  const startedAt = performance.now();
  expect(await metadata.taskAtStart()).toMatchObject({ stale: false, taskId: '0123abc' });
  expect(performance.now() - startedAt).toBeLessThan(1_500);
});

test('a start goes on without the task when the endpoint stays away', async () => {
  const metadata = createTaskMetadata({ environment: { ECS_CONTAINER_METADATA_URI_V4: 'http://127.0.0.1:9' } });
  const startedAt = performance.now();
  expect(await metadata.taskAtStart()).toMatchObject({ source: 'v4', stale: true });
  expect(performance.now() - startedAt).toBeLessThan(4_000);
});

test('GET /task gives the description', async () => {
  const { metadata } = await start();
  const app = fastify();
  await app.register(metadata.plugin);
  const { statusCode, body } = await app.inject('/task');
  expect(statusCode).toBe(200);
  expect(JSON.parse(body)).toEqual(await metadata.task());
});

test('the figures are gauges too, and those of a task that went stale say so', async () => {
  const registry = new Registry();
  const { endpoint, clock } = await start('v4', { registry });
  const page = await registry.metrics();
  expect(page).toContain('ecs_container_cpu_percent_of_limit{container="collector"} 80');
  expect(page).toContain(`ecs_container_memory_used_bytes{container="catalog"} ${160 * mebibyte}`);
  expect(page).toContain(
    'ecs_task_info{source="v4",task_id="0123abc",family="catalog",revision="7",availability_zone="eu-west-1a"} 1',
  );
  expect(page).toContain('ecs_task_metadata_stale 0');
  endpoint.misbehave((response) => Boolean(response.destroy()));
  clock.now += 5_000;
  expect(await registry.metrics()).toContain('ecs_task_metadata_stale 1');
});
