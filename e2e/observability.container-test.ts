import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '@shop/testing/until';
import { alertQueries, dashboardQueries } from '@shop/tools/observability/dashboards';
import { type PrometheusStack, startPrometheus } from './src/prometheus-stack.ts';
import { recordMetrics } from './src/record-metrics.ts';

type Targets = { activeTargets: { health: string; lastError: string; labels: { service: string } }[] };
type Rules = { groups: { rules: { name: string; health: string; lastError?: string }[] }[] };
type Result = { result: unknown[] };

let prometheus: PrometheusStack;
beforeAll(async () => {
  prometheus = await startPrometheus(await recordMetrics());
}, 180_000);
afterAll(() => prometheus?.stop());

test.each([
  ['check', 'config', 'prometheus.yml'],
  ['check', 'rules', 'rules.yml'],
  ['test', 'rules', 'rules.test.yml'],
])('promtool %s %s %s succeeds', async (...args) => {
  expect(await prometheus.promtool(...args)).toMatch(/SUCCESS/);
});

test('every replica of every service is a target of its own, and up', async () => {
  const names = await until('all targets are up', async () => {
    const { activeTargets } = await prometheus.ask<Targets>('targets');
    const up = activeTargets.filter(({ health }) => health === 'up').map(({ labels }) => labels.service);
    return up.length === activeTargets.length && up.length >= 5 && up.sort();
  });
  expect(names).toEqual(['catalog', 'catalog', 'gateway', 'order', 'payment']);
});

test('Prometheus evaluates every alert', async () => {
  const rules = await until('all rules were evaluated', async () => {
    const { groups } = await prometheus.ask<Rules>('rules');
    const all = groups.flatMap((group) => group.rules);
    return all.every(({ health }) => health !== 'unknown') && all;
  });
  expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  expect(rules).toHaveLength(alertQueries().length);
});

/** What a shop without failures has nothing to show for. */
const emptyWhenAllIsWell = [
  'RED per service / Alerts / A',
  'RED per service / Failed calls / A',
  'RED per service / Server errors by route / A',
];

test.each(dashboardQueries().map(({ where, expr }) => [where, expr]))('%s has an answer', async (where, expr) => {
  const asked = () => prometheus.ask<Result>('query', { query: expr });
  if (emptyWhenAllIsWell.includes(where)) expect((await asked()).result).toEqual(expect.any(Array));
  // A rate needs two samples.
  else await until(`${where} shows something`, async () => (await asked()).result.length > 0);
});
