import { describe, expect, test } from '@jest/globals';
import { type AccessLine, lineOf, parseAccessLog } from './access-log.ts';
import { failureLines } from './failure-lines.ts';

const line = (time: string, change: Partial<AccessLine> = {}): AccessLine => ({
  time: `2026-01-01T00:00:${time}Z`,
  method: 'GET',
  path: '/v1/products/LOAD-1',
  status: 502,
  service: 'catalog',
  target: '10.0.0.1',
  duration_ms: 4,
  termination: 'SC',
  ...change,
});
const failure = {
  at: '2026-01-01T00:00:01.000Z',
  request: 'GET /v1/products/{sku}',
  client: 'fresh',
  kind: 'status',
  status: 502,
  code: 'FRONT_DOOR_BAD_GATEWAY',
  latencyMs: 500,
} as const;

describe("the balancer's access log", () => {
  test('is read past what the balancer says about itself', () => {
    const text = `[NOTICE] Server be_catalog/catalog1 is UP\n${JSON.stringify(line('01.000'))}\n{"level":"info"}\n`;
    expect(parseAccessLog(text)).toEqual([line('01.000')]);
  });

  test('has the request that failed where one like it ended at that time', () => {
    const lines = [
      line('01.510', { path: '/v1/products' }),
      line('01.510', { method: 'PUT' }),
      line('01.510', { status: 200 }),
      line('01.900'),
      line('01.520'),
      line('09.000'),
    ];
    expect(lineOf(failure, lines)).toBe(lines[4]);
    expect(lineOf({ ...failure, at: '2026-01-01T00:00:05.000Z' }, lines)).toBeUndefined();
  });

  test('has a request without an answer where one was cut off', () => {
    const lines = [
      line('01.500', { status: 200, termination: '--' }),
      line('01.600', { status: 200, termination: 'SD' }),
    ];
    const { status, ...reset } = failure;
    expect(lineOf(reset, lines)).toBe(lines[1]);
  });

  test('tells the task of each failure', () => {
    const told = failureLines(
      [failure, { ...failure, request: 'GET /v1/products' }],
      [line('01.500')],
      (ip) => `task at ${ip}`,
    );
    expect(told).toEqual([
      '2026-01-01T00:00:01.000Z GET /v1/products/{sku} (fresh): status 502 FRONT_DOOR_BAD_GATEWAY after 500 ms; ' +
        'balancer: sent to task at 10.0.0.1, 502 SC at 2026-01-01T00:00:01.500Z',
      '2026-01-01T00:00:01.000Z GET /v1/products (fresh): status 502 FRONT_DOOR_BAD_GATEWAY after 500 ms; ' +
        'balancer: not in its access log',
    ]);
  });
});
