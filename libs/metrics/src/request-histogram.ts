import { Histogram, type Registry } from 'prom-client';

export type ObserveRequest = (method: string, route: string, status: number, durationSeconds: number) => void;

/** From 1 ms (a cached read) to 30 s (the request timeout). */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Route patterns and methods are a short list and statuses too, so each series is bound once and kept. */
export function requestHistogram(registry: Registry): ObserveRequest {
  const histogram = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [registry],
  });
  const series = new Map<string, { observe(value: number): void }>();
  return (method, route, status, durationSeconds) => {
    const key = `${method} ${route} ${status}`;
    let bound = series.get(key);
    if (bound === undefined) {
      bound = histogram.labels(method, route, String(status));
      series.set(key, bound);
    }
    bound.observe(durationSeconds);
  };
}
