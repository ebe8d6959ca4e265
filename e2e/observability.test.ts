import { beforeAll, expect, test } from '@jest/globals';
import { alertQueries, dashboardQueries } from '@shop/tools/observability/dashboards';
import { addExposition, addSeries, type Exposed } from '@shop/tools/observability/exposition';
import { queryFaults } from '@shop/tools/observability/query-faults';
import { recordMetrics } from './src/record-metrics.ts';

const services = ['catalog', 'order', 'payment', 'gateway'];
const exposed: Exposed = new Map();

beforeAll(async () => {
  for (const text of Object.values(await recordMetrics())) addExposition(exposed, text);
  // Prometheus makes these two itself: one for each target, one for each alert.
  for (const service of services) addSeries(exposed, 'up', { job: 'shop', service });
  addSeries(exposed, 'ALERTS', { alertname: '', alertstate: '', severity: '' });
});

test('every series says its service, by the name that its target gets', () => {
  const unnamed = [...exposed].filter(([metric, labels]) => metric !== 'ALERTS' && !labels.has('service'));
  expect(unnamed).toEqual([]);
  expect([...(exposed.get('process_cpu_seconds_total')?.get('service') ?? [])].sort()).toEqual([...services].sort());
});

test.each([...dashboardQueries(), ...alertQueries()].map(({ where, expr }) => [where, expr]))(
  '%s asks for what the running services show',
  (_where, expr) => {
    expect(queryFaults(expr, exposed)).toEqual([]);
  },
);
