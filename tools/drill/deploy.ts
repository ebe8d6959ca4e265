import { type Drill, type Limits, startReplacement, stopTask } from './replacement.ts';
import { type Replica, services } from './stack.ts';
import { until } from './until.ts';

/** As ECS deploys a new revision: first the new task, then the old one is deregistered, drained, and told to stop. */
export async function deploy(drill: Drill, limits: Limits): Promise<void> {
  for (const service of services) {
    for (const old of await drill.stack.replicasOf(service)) {
      await startReplacement(drill, service);
      await deregister(drill, old, limits);
      await stopTask(drill, old, limits);
    }
  }
}

/** Ends when no request of the target is in flight, at the latest with the deregistration delay. */
async function deregister({ balancer, timeline, signal }: Drill, { name, ip }: Replica, limits: Limits): Promise<void> {
  const target = await balancer.find(ip);
  if (!target) throw new Error(`The balancer does not know ${name} at ${ip}.`);
  await balancer.deregister(target);
  timeline.tell(name, 'deregistered');
  const within = limits.deregistrationDelaySeconds * 1000;
  const drained = async () => (await balancer.find(ip))?.inFlight === 0;
  const outcome = await until('it is drained', drained, { within, signal }).then(
    () => 'no request in flight any more',
    () => `deregistration delay of ${limits.deregistrationDelaySeconds} s over`,
  );
  signal.throwIfAborted();
  timeline.tell(name, outcome);
}
