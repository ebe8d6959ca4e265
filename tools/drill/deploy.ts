import { until } from '@shop/testing/until';
import { type Drill, type Limits, startReplacement, stopTask } from './replacement.ts';
import { type Replica, services } from './tasks.ts';

const PAUSE_MS = 1000;

/** As ECS deploys a new revision: first the new task, then the old one is deregistered, drained, and told to stop. */
export async function deploy(drill: Drill, limits: Limits): Promise<void> {
  for (const service of services) {
    for (const old of await drill.tasks.replicasOf(service)) {
      await startReplacement(drill, service);
      await deregister(drill, old, limits);
      await stopTask(drill, old, limits);
      await drill.balancer.untilGone(old.ip);
    }
  }
}

/** Ends when no request of the target is in flight, at the latest with the deregistration delay. */
async function deregister({ balancer, timeline, signal }: Drill, { name, ip }: Replica, limits: Limits): Promise<void> {
  const target = await balancer.find(ip);
  if (!target) throw new Error(`The balancer does not know ${name} at ${ip}.`);
  await balancer.deregister(target);
  timeline.tell(name, 'deregistered');
  const delayMs = limits.deregistrationDelaySeconds * 1000;
  const overAt = performance.now() + delayMs;
  const ending = async () => {
    if ((await balancer.find(ip))?.inFlight === 0) return 'no request in flight any more';
    return performance.now() >= overAt && `deregistration delay of ${limits.deregistrationDelaySeconds} s over`;
  };
  const outcome = await until(`${name} is deregistered`, ending, { timeoutMs: 2 * delayMs, everyMs: PAUSE_MS, signal });
  timeline.tell(name, outcome);
}
