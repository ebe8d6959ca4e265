import type { StoppedTask } from './stopped-task.ts';

/** Whether a task is of a service or a job, by its short name: `order` is the family `fargate-shop-workshop-order`. */
export function isOf(service: string, { group, taskDefinitionArn }: StoppedTask): boolean {
  const family = taskDefinitionArn.replace(/^.*\//, '').replace(/:\d+$/, '');
  return [family, group.replace(/^\w+:/, '')].some((name) => name === service || name.endsWith(`-${service}`));
}
