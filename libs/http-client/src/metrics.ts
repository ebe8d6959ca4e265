import { Gauge, Histogram, type Registry } from 'prom-client';
import type { BreakerState } from './breaker.ts';

export type ClientMetrics = {
  observe(route: string, status: string, durationMs: number): void;
  circuit(state: BreakerState): void;
};

const durationName = 'http_client_request_duration_seconds';
const circuitName = 'http_client_circuit_state';

/** Clients of several peers share the two metrics of one registry. */
export function createClientMetrics(peer: string, registry: Registry | undefined): ClientMetrics {
  if (registry === undefined) return { observe: () => {}, circuit: () => {} };
  const durations =
    (registry.getSingleMetric(durationName) as Histogram<'peer' | 'route' | 'status'> | undefined) ??
    new Histogram({
      name: durationName,
      help: 'Time until a peer answered, by status, or by the reason why it did not.',
      labelNames: ['peer', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    });
  const circuits =
    (registry.getSingleMetric(circuitName) as Gauge<'peer' | 'state'> | undefined) ??
    new Gauge({
      name: circuitName,
      help: '1 for the present state of the circuit breaker before a peer.',
      labelNames: ['peer', 'state'],
      registers: [registry],
    });
  return {
    observe: (route, status, durationMs) => durations.observe({ peer, route, status }, durationMs / 1000),
    circuit(present) {
      for (const state of states) circuits.set({ peer, state }, state === present ? 1 : 0);
    },
  };
}

const states: readonly BreakerState[] = ['closed', 'open', 'half-open'];
