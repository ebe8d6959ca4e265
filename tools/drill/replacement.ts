import type { Balancer } from './balancer.ts';
import type { Replica, Stack } from './stack.ts';
import type { Timeline } from './timeline.ts';

export type Stopped = { replica: Replica; exitCode: number; log: string };

/** What the ways of replacing tasks work with. */
export type Drill = {
  stack: Stack;
  balancer: Balancer;
  timeline: Timeline;
  signal: AbortSignal;
  /** Of the tasks that are started. */
  environment: Readonly<Record<string, string>>;
  /** Gets each task that was stopped. */
  stopped: Stopped[];
};

/** StopTimeout and the deregistration delay, as the templates have them. */
export type Limits = { stopTimeoutSeconds: number; deregistrationDelaySeconds: number };

export async function startReplacement({ stack, balancer, timeline, environment }: Drill, service: string) {
  timeline.tell(service, 'a new task starts');
  const replica = await stack.start(service, environment);
  timeline.tell(replica.name, 'healthy in Docker');
  await balancer.untilUp(replica.ip);
  timeline.tell(replica.name, 'healthy in the balancer');
}

export async function stopTask(
  { stack, timeline, stopped }: Drill,
  replica: Replica,
  { stopTimeoutSeconds }: Limits,
): Promise<void> {
  timeline.tell(replica.name, 'SIGTERM');
  const exitCode = await stack.stop(replica, stopTimeoutSeconds);
  timeline.tell(replica.name, `ended with exit code ${exitCode}`);
  stopped.push({ replica, exitCode, log: await stack.logOf(replica) });
  await stack.remove(replica);
}
