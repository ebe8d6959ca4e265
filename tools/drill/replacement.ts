import type { Balancer } from './balancer.ts';
import type { Replica, Settings, Tasks } from './tasks.ts';
import type { Timeline } from './timeline.ts';

export type Stopped = { replica: Replica; exitCode: number; log: string };

/** What the ways of replacing tasks work with. */
export type Drill = {
  tasks: Tasks;
  balancer: Balancer;
  timeline: Timeline;
  /** How many requests have failed until now. */
  failed: () => number;
  signal: AbortSignal;
  /** Of the tasks that are started. */
  settings: Settings;
  /** Gets each task that was stopped. */
  stopped: Stopped[];
};

/** StopTimeout and the deregistration delay, as the templates have them. */
export type Limits = { stopTimeoutSeconds: number; deregistrationDelaySeconds: number };

export async function startReplacement({ tasks, balancer, timeline, settings }: Drill, service: string) {
  timeline.tell(service, 'a new task starts');
  const replica = await tasks.start(service, settings);
  timeline.tell(replica.name, 'healthy in Docker');
  await balancer.untilUp(replica.ip);
  timeline.tell(replica.name, 'healthy in the balancer');
}

export async function stopTask(
  { tasks, timeline, stopped }: Drill,
  replica: Replica,
  { stopTimeoutSeconds }: Limits,
): Promise<void> {
  timeline.tell(replica.name, 'SIGTERM');
  const exitCode = await tasks.stop(replica, stopTimeoutSeconds);
  timeline.tell(replica.name, `ended with exit code ${exitCode}`);
  stopped.push({ replica, exitCode, log: await tasks.logOf(replica) });
  await tasks.remove(replica);
}
