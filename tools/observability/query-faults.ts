import type { Exposed } from './exposition.ts';
import { type Matcher, readPromql, type Selector } from './promql.ts';

/** Prometheus gives these labels to every target that it finds by `prometheus.yml`. */
const targetLabels: readonly string[] = ['instance', 'job', 'service'];

/** Names of metrics and labels, and values that must be equal, which a query asks for and nobody shows. */
export function queryFaults(expr: string, exposed: Exposed): string[] {
  const { selectors, groupings } = readPromql(expr);
  const faults = [
    ...selectors.flatMap((selector) => selectorFaults(selector, exposed)),
    ...groupings.flatMap(({ labels, selectors: grouped }) =>
      grouped.flatMap(({ metric }) => labels.flatMap((label) => labelFaults(metric, label, exposed))),
    ),
  ];
  return [...new Set(faults)];
}

function selectorFaults({ metric, matchers }: Selector, exposed: Exposed): string[] {
  if (!exposed.has(metric)) return [`no service has the metric ${metric}`];
  return matchers.flatMap((matcher) => {
    const unknown = labelFaults(metric, matcher.label, exposed);
    return unknown.length > 0 ? unknown : valueFaults(metric, matcher, exposed);
  });
}

function labelFaults(metric: string, label: string, exposed: Exposed): string[] {
  const known = targetLabels.includes(label) || !exposed.has(metric) || exposed.get(metric)?.has(label);
  return known ? [] : [`${metric} has no label ${label}`];
}

/** Only what must be equal: a pattern may wait for values that come when something fails. */
function valueFaults(metric: string, { label, operator, value }: Matcher, exposed: Exposed): string[] {
  const seen = exposed.get(metric)?.get(label);
  if (operator !== '=' || seen === undefined || seen.has(value)) return [];
  return [`${metric} has no ${label}="${value}"`];
}
