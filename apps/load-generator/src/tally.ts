import { createHistogram } from 'node:perf_hooks';
import type { Failure } from './failure.ts';
import type { ClientKind } from './mix.ts';

export type ClientCounts = { requests: number; failed: number; connections: number };

export type LoadReport = {
  requests: number;
  failed: number;
  /** Expected answers by request and status: `{ 'POST /v1/orders': { 201: 12 } }`. */
  answers: Record<string, Record<number, number>>;
  clients: Record<ClientKind, ClientCounts>;
  /** Of expected answers. */
  latencyMs: { p50: number; p99: number; max: number };
  /** The last of them, at most 1,000; `failed` counts all. */
  failures: readonly Failure[];
};

export type Tally = ReturnType<typeof createTally>;

const KEPT_FAILURES = 1000;
const MICROSECONDS = 1000;

/** Adds up what became of the requests, in as much memory after a week as after a minute. */
export function createTally() {
  const answers: LoadReport['answers'] = {};
  const failures: Failure[] = [];
  const latency = createHistogram();
  const none = (): ClientCounts => ({ requests: 0, failed: 0, connections: 0 });
  const clients: Record<ClientKind, ClientCounts> = { 'keep-alive': none(), fresh: none() };
  const sum = (count: keyof ClientCounts) => clients['keep-alive'][count] + clients.fresh[count];
  const percentile = (share: number) => (latency.count > 0 ? latency.percentile(share) / MICROSECONDS : 0);

  return {
    connected(client: ClientKind): void {
      clients[client].connections += 1;
    },
    answered(client: ClientKind, request: string, status: number, latencyMs: number): void {
      clients[client].requests += 1;
      latency.record(Math.max(1, Math.round(latencyMs * MICROSECONDS)));
      const counts = answers[request] ?? {};
      counts[status] = (counts[status] ?? 0) + 1;
      answers[request] = counts;
    },
    failed(failure: Failure): void {
      clients[failure.client].requests += 1;
      clients[failure.client].failed += 1;
      failures.push(failure);
      if (failures.length > KEPT_FAILURES) failures.shift();
    },
    report(): LoadReport {
      return {
        requests: sum('requests'),
        failed: sum('failed'),
        answers: structuredClone(answers),
        clients: structuredClone(clients),
        latencyMs: { p50: percentile(50), p99: percentile(99), max: percentile(100) },
        failures: [...failures],
      };
    },
  };
}
