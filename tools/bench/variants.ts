export type Variant = {
  name: string;
  isObserved: boolean;
  /** The share of requests that leave a span. */
  traced: number;
  /** The least throughput, as a share of bare Fastify's. */
  goal?: number;
};

/** What the same route is measured with; the first is what the others are compared with. */
export const variants: readonly Variant[] = [
  { name: 'bare Fastify', isObserved: false, traced: 0 },
  { name: 'logs, metrics, trace ids', isObserved: true, traced: 0 },
  { name: 'logs, metrics, 5 % of requests traced', isObserved: true, traced: 0.05, goal: 0.85 },
  { name: 'logs, metrics, every request traced', isObserved: true, traced: 1, goal: 0.75 },
];

/** The environment that an operator would give the variant. */
export function environmentOf(
  { isObserved, traced }: Variant,
  collector: string,
  protocol: string,
): Record<string, string> {
  return {
    BENCH_OBSERVED: String(isObserved),
    ...(traced > 0 ? { OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_EXPORTER_OTLP_PROTOCOL: protocol } : {}),
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: String(traced),
  };
}
