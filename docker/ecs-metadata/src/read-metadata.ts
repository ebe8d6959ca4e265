import { ProblemError } from '@shop/contracts/problem';
import { type ContainerDocument, containerDocument } from './container-document.ts';
import type { EngineStats } from './engine-api.ts';
import type { EngineClient } from './engine-client.ts';
import { callerUnknown } from './errors.ts';
import { type Addresses, findCaller } from './find-caller.ts';
import { createFreshCache } from './fresh-cache.ts';
import { type StatsDocument, statsDocument } from './stats-document.ts';
import { type TaskDocument, taskDocument } from './task-document.ts';
import { nameTask } from './task-names.ts';

export type Metadata = {
  container(from: Addresses): Promise<ContainerDocument>;
  task(from: Addresses): Promise<TaskDocument>;
  stats(from: Addresses): Promise<StatsDocument>;
  taskStats(from: Addresses): Promise<Record<string, StatsDocument>>;
};

/** However many ask, the engine is asked for the same thing once in this time. */
const keepMs = 1_000;
/** Rates over a longer time would say little about now. */
const longestWindowMs = 60_000;

/** Tells each caller about its own container, found by the addresses of its connection. */
export function createMetadata({
  engine,
  region,
  now,
}: {
  engine: EngineClient;
  region: string;
  now: () => number;
}): Metadata {
  const running = createFreshCache(() => engine.containers(), { keepMs, now });
  const inspected = createFreshCache(engine.inspect, { keepMs, now });
  const measured = createFreshCache(measure, { keepMs, now });
  const lastReadings = new Map<string, { readAt: number; reading: EngineStats }>();

  async function measure(containerId: string) {
    const reading = await engine.stats(containerId);
    for (const [id, { readAt }] of lastReadings) if (now() - readAt > longestWindowMs) lastReadings.delete(id);
    const before = lastReadings.get(containerId)?.reading;
    lastReadings.set(containerId, { readAt: now(), reading });
    return { reading, before };
  }

  /** A container that has just started is not yet in the list that we keep. */
  async function callerOf(from: Addresses) {
    const caller = findCaller(await running.get('all'), from) ?? findCaller(await running.renew('all'), from);
    if (caller === undefined)
      throw new ProblemError(callerUnknown, { detail: `The request came from ${from.remote}.` });
    const container = await inspected.get(caller.containerId);
    return { ...caller, container, names: nameTask(container, region) };
  }

  async function stats(from: Addresses): Promise<StatsDocument> {
    const { containerId, names } = await callerOf(from);
    const { reading, before } = await measured.get(containerId);
    return statsDocument(reading, before, { id: names.dockerId, name: names.dockerName });
  }

  return {
    async container(from) {
      const { container, names, networkId } = await callerOf(from);
      return containerDocument(container, names, networkId);
    },
    async task(from) {
      const { container, names, networkId } = await callerOf(from);
      return taskDocument(container, names, networkId, now());
    },
    stats,
    async taskStats(from) {
      const document = await stats(from);
      return { [document.id]: document };
    },
  };
}
