import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { Gauge, type Registry } from 'prom-client';
import { type Check, type CheckResult, createCheckRunner, type NamedCheck } from './checks.ts';
import { livezSchema, readyzSchema } from './probe-schemas.ts';

export type { Check, CheckResult };

export type Health = {
  /** Registers `GET /livez` and `GET /readyz`. */
  plugin: FastifyPluginAsync;
  /** A check without which this task must get no requests, such as that its start-up is complete. */
  required(name: string, check: Check): void;
  /** A check that is listed and measured, but whose failure another task would share: a database, a peer. */
  informative(name: string, check: Check): void;
  /** From now on `/readyz` answers 503 at once. There is no way back. */
  drain(): void;
  readonly draining: boolean;
};

export type HealthOptions = {
  checkTimeoutMs?: number;
  cacheMs?: number;
  now?: () => number;
  registry?: Registry;
};

/**
 * The probes of one task. `/livez` (the container's check) says that the process answers and never looks further;
 * `/readyz` (the target group's check) is 503 while a required check fails or the task drains. ECS replaces tasks whose
 * target is unhealthy, so whatever would fail in all tasks at once has to be informative.
 */
export function createHealth({
  checkTimeoutMs = 1000,
  cacheMs = 1000,
  now = Date.now,
  registry,
}: HealthOptions = {}): Health {
  const checks: NamedCheck[] = [];
  const runChecks = createCheckRunner(checks, { timeoutMs: checkTimeoutMs, cacheMs, now });
  const gauge = registry && checkGauge(registry);
  let draining = false;

  return {
    plugin: fastifyPlugin(probes, { name: 'health' }),
    required: (name, check) => add({ name, kind: 'required', check }),
    informative: (name, check) => add({ name, kind: 'informative', check }),
    drain() {
      draining = true;
    },
    get draining() {
      return draining;
    },
  };

  function add(added: NamedCheck): void {
    if (checks.some(({ name }) => name === added.name)) throw new Error(`There are two checks named ${added.name}`);
    checks.push(added);
  }

  async function probes(app: FastifyInstance): Promise<void> {
    app.get('/livez', { schema: livezSchema }, async () => ({ status: 'alive' }));

    app.get('/readyz', { schema: readyzSchema }, async (_request, reply) => {
      const results = draining ? [] : await runChecks();
      for (const { name, kind, status } of results) gauge?.set({ check: name, kind }, status === 'ok' ? 1 : 0);
      // Asked again, because draining may have begun while the checks ran.
      const status = draining ? 'draining' : results.some(isFatal) ? 'not ready' : 'ready';
      return reply.code(status === 'ready' ? 200 : 503).send({ status, checks: results });
    });
  }
}

function isFatal({ kind, status }: CheckResult): boolean {
  return kind === 'required' && status === 'failed';
}

function checkGauge(registry: Registry): Gauge<'check' | 'kind'> {
  return new Gauge({
    name: 'readiness_check_up',
    help: '1 when the last run of the readiness check succeeded, else 0',
    labelNames: ['check', 'kind'],
    registers: [registry],
  });
}
