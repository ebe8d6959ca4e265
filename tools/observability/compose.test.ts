import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { observability } from './dashboards.ts';

type Service = {
  profiles: string[];
  image: string;
  read_only: boolean;
  cap_drop: string[];
  security_opt: string[];
  mem_limit: string;
  ports?: string[];
  volumes?: string[];
};
const read = (file: string) => parse(readFileSync(observability + file, 'utf8'), { merge: true });
const { services, volumes }: { services: Record<string, Service>; volumes: object } = read('compose.yaml');

describe.each(Object.entries(services))('the container %s', (_name, service) => {
  test('starts with the profile only, from an image whose version is fixed', () => {
    expect(service.profiles).toEqual(['observability']);
    expect(service.image).toMatch(/^[a-z/-]+:v?\d+\.\d+\.\d+$/);
  });

  test('may do nothing that it does not need', () => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service.mem_limit).toMatch(/^\d+m$/);
  });

  test('is published on this machine only, at a port that a variable moves', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z]+_PORT:-\d+\}:\d+$/);
  });

  test('gets configuration that exists and that it cannot write, and keeps its data in named volumes', () => {
    for (const volume of service.volumes ?? []) {
      const [source = '', , mode] = volume.split(':');
      if (source.startsWith('./'))
        expect([source, existsSync(observability + source), mode]).toEqual([source, true, 'ro']);
      else expect(Object.keys(volumes)).toContain(source);
    }
  });
});

test('the README links to files that exist', () => {
  const links = [...readFileSync(`${observability}README.md`, 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(
    ([, link]) => link,
  );
  expect(links.length).toBeGreaterThan(3);
  expect(links.filter((link) => !existsSync(observability + link))).toEqual([]);
});

describe('the collector', () => {
  const config = read('otel-collector.yaml');
  const { receivers, processors, exporters } = config.service.pipelines.traces;

  test('has a use for each part, and each part that it uses', () => {
    expect(receivers).toEqual(Object.keys(config.receivers));
    expect(processors).toEqual(Object.keys(config.processors));
    expect(exporters).toEqual(Object.keys(config.exporters));
  });

  test('refuses spans before it holds them, and before its container has no memory left', () => {
    expect(processors[0]).toBe('memory_limiter');
    const limit = Number.parseInt(services['otel-collector']?.mem_limit ?? '', 10);
    expect(config.processors.memory_limiter.limit_mib).toBeLessThan(limit);
  });

  test('hands spans to Jaeger, which Grafana asks as well', () => {
    expect(config.exporters.otlphttp.endpoint).toBe('http://jaeger:4318');
    const { datasources } = read('grafana/provisioning/datasources/shop.yaml');
    const hosts = datasources.map(({ url }: { url: string }) => new URL(url).hostname);
    expect(hosts.every((host: string) => host in services)).toBe(true);
  });

  test('is reached at the endpoint that the README tells', () => {
    const [, host = '', port] =
      /OTEL_EXPORTER_OTLP_ENDPOINT=http:\/\/([a-z-]+):(\d+)/.exec(readFileSync(`${observability}README.md`, 'utf8')) ??
      [];
    expect(Object.keys(services)).toContain(host);
    expect(config.receivers.otlp.protocols.http.endpoint).toBe(`0.0.0.0:${port}`);
  });
});
