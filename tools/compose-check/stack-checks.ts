import assert from 'node:assert/strict';
import { until } from '@shop/testing/until';
import type { Stack } from '../compose/stack.ts';
import { lockOf } from './lock.ts';

const MIB = 2 ** 20;
const TIMEOUT_MS = 60_000;
const REQUEST_TIMEOUT_MS = 10_000;

type Task = {
  source: string;
  taskId: string;
  containers: { cpuLimitVcpus?: number; memoryLimitBytes?: number; memoryUsedBytes?: number; cpuPercent?: number }[];
};

export async function allAreHealthy(stack: Stack): Promise<void> {
  const containers = await stack.containers();
  assert.ok(containers.length >= 10, `only ${containers.length} containers`);
  for (const { Service, State, Health, ExitCode } of containers) {
    if (Service === 'setup') assert.deepEqual([State, ExitCode], ['exited', 0], Service);
    else assert.deepEqual([State, Health], ['running', 'healthy'], Service);
  }
}

export async function isLockedIn(stack: Stack, service: string): Promise<void> {
  const { userId, capabilities, noNewPrivileges, canWrite } = await lockOf(stack, service);
  assert.equal(userId, 65532);
  assert.match(capabilities, /^[0 ]+$/);
  assert.ok(noNewPrivileges);
  assert.deepEqual(canWrite, ['/tmp']);
}

export async function knowsItsTask(stack: Stack, service: string): Promise<void> {
  const { source, containers } = await taskOf(stack, service);
  assert.equal(source, 'v4');
  assert.equal(containers[0]?.cpuLimitVcpus, 0.25);
  assert.equal(containers[0]?.memoryLimitBytes, 512 * MIB);
  assert.ok(Number(containers[0]?.memoryUsedBytes) > 10 * MIB, `${service} says it needs no memory`);
  // Between two readings of an idle service there may be none.
  const usesCpu = async () => {
    const [container] = (await taskOf(stack, service)).containers;
    return Number(container?.cpuPercent) > 0;
  };
  await until(`${service} says it uses CPU`, usesCpu, { timeoutMs: TIMEOUT_MS });
}

/** Every replica answers through the balancer. */
export async function replicasAnswer(stack: Stack, service: string, replicas: number): Promise<void> {
  const seen = new Set<string>();
  const allSeen = async () => seen.add((await taskOf(stack, service)).taskId).size === replicas;
  await until(`${replicas} tasks of ${service} answer`, allSeen, { timeoutMs: TIMEOUT_MS });
}

/** The visitors of the profile `load` tell what they met. */
export async function visitorsAreServed(stack: Stack): Promise<string> {
  const told = async () => {
    const lines = (await stack.compose('logs', '--no-log-prefix', 'load-generator')).split('\n');
    return lines.flatMap(readSummary).find(({ requests }) => requests > 0);
  };
  const summary = await until('the visitors tell what they met', told, { timeoutMs: TIMEOUT_MS });
  assert.equal(summary.failed, 0, JSON.stringify(summary));
  return `${summary.requests} requests`;
}

function readSummary(line: string): { requests: number; failed: number }[] {
  try {
    // Some versions of Compose begin a line with a command for the terminal.
    const { requests, failed } = JSON.parse(line.slice(line.indexOf('{')));
    return typeof requests === 'number' ? [{ requests, failed }] : [];
  } catch {
    return [];
  }
}

async function taskOf({ baseUrl }: Stack, service: string): Promise<Task> {
  const answer = await fetch(`${baseUrl}/${service}/task`, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  assert.equal(answer.status, 200);
  return (await answer.json()) as Task;
}
