import type { StoppedTask } from './stopped-task.ts';

type Loose = { [key: string]: unknown };

/**
 * The stopped tasks in a text, the latest first, each once. It may be an event of EventBridge, several of them in a list or
 * one a line, or what `aws logs filter-log-events` or `aws ecs describe-tasks` answers. Throws when it is no JSON.
 */
export function readTasks(text: string): StoppedTask[] {
  const tasks = parse(text).flatMap(tasksWithin);
  const latest = new Map<string, StoppedTask>();
  for (const task of tasks.sort((one, other) => one.stoppedAt.localeCompare(other.stoppedAt)))
    latest.set(task.taskArn, task);
  return [...latest.values()].reverse();
}

function parse(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line));
  }
}

function tasksWithin(value: unknown): StoppedTask[] {
  if (Array.isArray(value)) return value.flatMap(tasksWithin);
  if (!isObject(value)) return [];
  if (Array.isArray(value.tasks)) return value.tasks.flatMap(tasksWithin);
  if (Array.isArray(value.events)) return value.events.flatMap(tasksWithin);
  if (typeof value.message === 'string') return parse(value.message).flatMap(tasksWithin);
  if (isObject(value.detail)) return tasksWithin(value.detail);
  return value.lastStatus === 'STOPPED' && typeof value.taskArn === 'string' ? [taskOf(value)] : [];
}

function taskOf(value: Loose): StoppedTask {
  const containers = Array.isArray(value.containers) ? value.containers.filter(isObject) : [];
  return {
    taskArn: text(value.taskArn),
    group: text(value.group),
    taskDefinitionArn: text(value.taskDefinitionArn),
    stopCode: text(value.stopCode),
    stoppedReason: text(value.stoppedReason),
    stoppedAt: text(value.stoppedAt),
    containers: containers.map(({ name, exitCode, reason }) => ({
      name: text(name),
      ...(typeof exitCode === 'number' && { exitCode }),
      reason: text(reason),
    })),
  };
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The API writes times as text, and older tools as seconds. */
function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
