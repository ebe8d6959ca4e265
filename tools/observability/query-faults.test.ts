import { describe, expect, test } from '@jest/globals';
import { addExposition, type Exposed } from './exposition.ts';
import { queryFaults } from './query-faults.ts';

const exposed: Exposed = new Map();
addExposition(
  exposed,
  `# HELP orders_total Orders, by outcome{such="as"} 1
# TYPE orders_total counter
orders_total{outcome="confirmed",service="order"} 3
orders_total{outcome="say \\"no\\"",service="order"} 1
calls_bucket{le="0.5",peer="catalog"} 0
orders_open 1.5e3
`,
);

describe('a query', () => {
  test.each([
    'sum by (outcome) (rate(orders_total[20s]))',
    'orders_total{outcome="confirmed"}',
    'orders_total{outcome=~"parked|.*failed"}',
    'orders_total{outcome!="parked"}',
    'orders_total{outcome="say \\"no\\""}',
    'sum by (instance, job) (orders_open) > 5',
    'histogram_quantile(0.9, sum by (peer, le) (rate(calls_bucket[1m])))',
  ])('that a service can answer has no fault: %s', (expr) => {
    expect(queryFaults(expr, exposed)).toEqual([]);
  });

  test.each([
    ['orders_totl > 1', 'no service has the metric orders_totl'],
    ['absent(such)', 'no service has the metric such'],
    ['rate(calls_bucket[1m]) + on (peer) orders_open', 'orders_open has no label peer'],
    ['sum by (peer) (orders_total) / sum(calls_bucket)', 'orders_total has no label peer'],
    ['max without (peer) (orders_open)', 'orders_open has no label peer'],
    ['orders_total{status=~"5.."}', 'orders_total has no label status'],
    ['sum(orders_open + orders_total{outcome="confirmd"})', 'orders_total has no outcome="confirmd"'],
  ])('for something that nobody shows is told: %s', (expr, fault) => {
    expect(queryFaults(expr, exposed)).toEqual([fault]);
  });

  test.each([
    'sum(orders_total',
    'rate(orders_total[20])s',
    '',
    '{outcome="confirmed"}',
    'sum by outcome (orders_open)',
  ])('that is none is refused: "%s"', (expr) => {
    expect(() => queryFaults(expr, exposed)).toThrow(SyntaxError);
  });
});
