import type { Round } from './rounds.ts';
import { type Variant, variants } from './variants.ts';

export type Summary = {
  variant: Variant;
  requestsPerSecond: number;
  /** Median over the rounds of this variant's throughput by bare Fastify's in the same round. */
  ofBare: number;
  cpuMicrosecondsPerRequest: number;
  busyShare: number;
};

export function summarise(rounds: readonly Round[]): Summary[] {
  const of = (variant: Variant | undefined) => rounds.filter((round) => round.variant === variant);
  const bare = of(variants[0]);
  return variants.map((variant) => {
    const own = of(variant);
    return {
      variant,
      requestsPerSecond: median(own.map(({ requestsPerSecond }) => requestsPerSecond)),
      ofBare: median(
        own.map(({ requestsPerSecond }, round) => requestsPerSecond / (bare[round]?.requestsPerSecond ?? 0)),
      ),
      cpuMicrosecondsPerRequest: median(own.map(({ cpuMicrosecondsPerRequest }) => cpuMicrosecondsPerRequest)),
      busyShare: median(own.map(({ busyShare }) => busyShare)),
    };
  });
}

/** The lower of the two in the middle, where there are two. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
