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

/** Whether a request fails is up to chance: to the moment at which the balancer asks for the tasks' addresses again. */
const MOST_STOPS = 10;

/** The same for tasks that the load reaches through the balancer, one of each service at least, until requests fail. */
export async function stopTasksUntilRequestsFail(drill: Drill, limits: Limits): Promise<void> {
  const reached = ['catalog', 'order'] as const;
  for (let stops = 0; stops < reached.length || (drill.failed() === 0 && stops < MOST_STOPS); stops += 1) {
    const [old] = await drill.tasks.replicasOf(reached[stops % reached.length] ?? '');
    if (!old) throw new Error('There is no task to be stopped.');
    await stopTask(drill, old, limits);
    await startReplacement(drill, old.service);
  }
}
