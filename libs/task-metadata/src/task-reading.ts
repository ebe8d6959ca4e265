import { describeTask, type EcsTask, type TaskStats } from './ecs-task.ts';
import type { TaskDescription } from './task-description.ts';
import type { TaskEndpoint } from './task-endpoint.ts';

export type TaskReading = {
  readAt: number;
  isComplete: boolean;
  description: Omit<TaskDescription, 'source' | 'stale' | 'ageMs'>;
};

/** A CPU figure over a longer time would say little about now. */
const longestCpuWindowMs = 60_000;

/**
 * Reads the task and its stats together. Undefined when the task did not come; incomplete when its stats did not, as in
 * the first second of a container.
 */
export function createTaskReader(endpoint: TaskEndpoint, now: () => number, signal: AbortSignal) {
  let before: { readAt: number; stats: TaskStats } | undefined;

  return async function read(timeoutMs: number): Promise<TaskReading | undefined> {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const [task, stats] = await Promise.allSettled([
      getJson<EcsTask>(endpoint.taskUrl, deadline),
      getJson<TaskStats>(endpoint.statsUrl, deadline),
    ]);
    if (task.status === 'rejected') return undefined;
    const readAt = now();
    const comparable = before !== undefined && readAt - before.readAt <= longestCpuWindowMs ? before.stats : {};
    if (stats.status === 'rejected')
      return { readAt, isComplete: false, description: describeTask(task.value, {}, {}) };
    before = { readAt, stats: stats.value };
    return { readAt, isComplete: true, description: describeTask(task.value, stats.value, comparable) };
  };
}

async function getJson<T extends object>(url: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(url, { signal });
  const body: unknown = await response.json();
  if (!response.ok || typeof body !== 'object' || body === null) throw new Error(`${url} answered ${response.status}`);
  return body as T;
}
