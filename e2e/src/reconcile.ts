import { type JobRun, runJob } from './run-job.ts';
import type { Shop } from './shop.ts';

/** Runs the job that proves money, stock and orders agree. */
export function reconcile({ environment }: Pick<Shop, 'environment'>, ...flags: string[]): Promise<JobRun> {
  return runJob('apps/reconcile/src/main.ts', environment, ...flags);
}
