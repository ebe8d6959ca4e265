import { type Drill, type Limits, startReplacement, stopTask } from './replacement.ts';
import { services } from './tasks.ts';

/** As StopTask and Fargate Spot do: SIGTERM without a word to the balancer. The replacement comes when the task has gone. */
export async function stopTasks(drill: Drill, limits: Limits): Promise<void> {
  for (const service of services) {
    for (const old of await drill.tasks.replicasOf(service)) {
      await stopTask(drill, old, limits);
      await startReplacement(drill, service);
    }
  }
}

/** The same for one task of each service. */
export async function stopOneTaskEach(drill: Drill, limits: Limits): Promise<void> {
  for (const service of services) {
    const [old] = await drill.tasks.replicasOf(service);
    if (!old) throw new Error(`There is no task of ${service}.`);
    await stopTask(drill, old, limits);
    await startReplacement(drill, service);
  }
}
