import type { Metric, Registry } from 'prom-client';

export type ObserveRequest = (method: string, route: string, status: number, durationSeconds: number) => void;

type Series = { labels: { method: string; route: string; status: number }; counts: number[]; sum: number };

const name = 'http_request_duration_seconds';
/** From 1 ms (a cached read) to 30 s (the request timeout). */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * A histogram of our own in prom-client's registry: prom-client's looks its labels up by a text that it builds for each
 * value, which every request would pay for. Routes, methods and statuses are short lists, so a series is found by three
 * look-ups and kept for good.
 */
export function requestHistogram(registry: Registry): ObserveRequest {
  const routes = new Map<string, Map<string, Map<number, Series>>>();

  function seriesOf(method: string, route: string, status: number): Series {
    const statuses = mapAt(mapAt(routes, route), method);
    let series = statuses.get(status);
    if (series === undefined) {
      series = { labels: { method, route, status }, counts: new Array(buckets.length + 1).fill(0), sum: 0 };
      statuses.set(status, series);
    }
    return series;
  }

  async function get() {
    const all = [...routes.values()].flatMap((methods) => [...methods.values()].flatMap((one) => [...one.values()]));
    return {
      name,
      help: 'Time from a request to the end of its answer.',
      type: 'histogram',
      aggregator: 'sum',
      values: all.flatMap(valuesOf),
    };
  }
  // The registry asks a metric for its name and its values only, but its type lists prom-client's own classes.
  registry.registerMetric({ name, get } as unknown as Metric);

  return (method, route, status, durationSeconds) => {
    const series = seriesOf(method, route, status);
    let bucket = 0;
    while (bucket < buckets.length && durationSeconds > (buckets[bucket] as number)) bucket += 1;
    series.counts[bucket] = (series.counts[bucket] as number) + 1;
    series.sum += durationSeconds;
  };
}

function mapAt<Key, Value>(maps: Map<string, Map<Key, Value>>, key: string): Map<Key, Value> {
  let map = maps.get(key);
  if (map === undefined) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}

/** Buckets count what is at most as long as their bound, hence all that lies in shorter ones too. */
function valuesOf({ labels, counts, sum }: Series) {
  let total = 0;
  const cumulative = counts.map((count, index) => {
    total += count;
    return { metricName: `${name}_bucket`, labels: { ...labels, le: buckets[index] ?? '+Inf' }, value: total };
  });
  return [
    ...cumulative,
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: total },
  ];
}
