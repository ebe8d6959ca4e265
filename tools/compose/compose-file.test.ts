import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { Timings } from '../load-balancer/timings.ts';

type Service = {
  build?: object;
  read_only: boolean;
  cap_drop: string[];
  security_opt: string[];
  stop_grace_period?: string;
  ports?: string[];
  profiles?: string[];
};

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { container }: Timings = JSON.parse(read('infra/timings.json'));
const services: [string, Service][] = Object.entries(parse(read('docker-compose.yml'), { merge: true }).services);

describe.each(services)('the container %s', (_name, service) => {
  test('may do nothing that it does not need', () => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  });

  test('is published on this machine only, at a port that a variable moves', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z]+_PORT:-\d+\}:\d+$/);
  });
});

test('what ships has as long to stop as its task on Fargate', () => {
  const ours = services.filter(([, { build }]) => build);
  expect(ours.length).toBeGreaterThan(5);
  for (const [name, { stop_grace_period: grace }] of ours) {
    expect([name, grace]).toEqual([name, `${container.stopTimeoutSeconds}s`]);
  }
});

test('the health check of the image is that of the task', () => {
  const [line = ''] = /^HEALTHCHECK .*$/m.exec(read('docker/Dockerfile')) ?? [];
  expect(line).toContain(`--interval=${container.healthCheckIntervalSeconds}s`);
  expect(line).toContain(`--timeout=${container.healthCheckTimeoutSeconds}s`);
  expect(line).toContain(`--start-period=${container.healthCheckStartPeriodSeconds}s`);
  expect(line).toContain(`--retries=${container.healthCheckRetries} `);
});
