import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyPluginCallback } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { Registry } from 'prom-client';
import { TaskDescription } from './task-description.ts';
import { taskEndpoint } from './task-endpoint.ts';
import { registerTaskGauges } from './task-gauges.ts';
import { createTaskReader, type TaskReading } from './task-reading.ts';

export { TaskDescription } from './task-description.ts';

export type TaskMetadataOptions = {
  environment: Readonly<Record<string, string | undefined>>;
  /** For one look at the endpoint. */
  timeoutMs?: number;
  now?: () => number;
  registry?: Registry;
  /** Replaced in tests; the address is the same in every Fargate task. */
  version2Url?: string;
};

export type TaskMetadata = {
  /** Never rejects and never waits longer than `timeoutMs`. */
  task(): Promise<TaskDescription>;
  /** The same for a start, whose log lines all need the answer: while there is none, it is asked for up to about 2 s. */
  taskAtStart(): Promise<TaskDescription>;
  /** `GET /task`. */
  plugin: FastifyPluginCallback;
  /** Gives up a look that is under way; nothing else is ever running. */
  stop(): void;
};

/** However often we are asked, ECS is asked once in this time. */
const freshMs = 1_000;
const startMs = 2_000;
const startPauseMs = 100;

/**
 * What ECS knows of this task, read when somebody asks. When the endpoint fails, the last values are given, marked as
 * stale and with their age; outside ECS the task is `local`.
 */
export function createTaskMetadata({
  environment,
  timeoutMs = 500,
  now = Date.now,
  registry,
  version2Url,
}: TaskMetadataOptions): TaskMetadata {
  const endpoint = taskEndpoint(environment, version2Url);
  const stopping = new AbortController();
  const read = endpoint && createTaskReader(endpoint, now, stopping.signal);
  let last: TaskReading | undefined;
  let isStale = false;
  let attemptedAt = Number.NEGATIVE_INFINITY;
  let attempt: Promise<void> | undefined;

  async function refresh(readTask: NonNullable<typeof read>, withinMs: number): Promise<void> {
    attemptedAt = now();
    const reading = await readTask(withinMs).catch(() => undefined);
    isStale = reading === undefined || (!reading.isComplete && last !== undefined);
    if (!isStale) last = reading;
  }

  async function task(withinMs = timeoutMs): Promise<TaskDescription> {
    if (endpoint === undefined || read === undefined) return { source: 'local', stale: false, containers: [] };
    if (now() - attemptedAt >= freshMs) {
      attempt ??= refresh(read, withinMs).finally(() => {
        attempt = undefined;
      });
    }
    await attempt;
    const { source } = endpoint;
    if (last === undefined) return { source, stale: true, containers: [] };
    return { source, stale: isStale, ageMs: Math.max(0, now() - last.readAt), ...last.description };
  }

  async function taskAtStart(): Promise<TaskDescription> {
    const giveUpAt = performance.now() + startMs;
    let found = await task();
    while (found.stale && performance.now() < giveUpAt) {
      await delay(startPauseMs);
      attemptedAt = Number.NEGATIVE_INFINITY;
      found = await task(Math.max(timeoutMs, Math.ceil(giveUpAt - performance.now())));
    }
    return found;
  }

  if (registry !== undefined) registerTaskGauges(registry, () => task());

  const schema = {
    summary: 'The ECS task of this process, its limits and its figures',
    tags: ['operation'],
    response: { 200: TaskDescription },
  };
  const plugin = fastifyPlugin((app, _options, done) => {
    app.get('/task', { schema }, () => task());
    done();
  });
  return { task: () => task(), taskAtStart, plugin, stop: () => stopping.abort() };
}
