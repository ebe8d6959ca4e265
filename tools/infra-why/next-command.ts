import type { Cause } from './cause.ts';
import { startCauses } from './start-causes.ts';
import { mainContainer, type StoppedTask } from './stopped-task.ts';

const JOBS = ['reconcile', 'setup'];

/** The command that shows more of it, ready to be run: of the image, of the templates, of the log, or of the service. */
export function nextCommand(task: StoppedTask, cause: Cause): string {
  // arn:aws:ecs:region:account:task/fargate-shop-workshop/id
  const [, cluster = '', id = ''] = task.taskArn.split('/');
  const [, project, profile] = /^(.+)-([a-z]+)$/.exec(cluster) ?? [];
  const container = mainContainer(task)?.name;
  if (!project || !profile || !container) return `aws ecs describe-tasks --cluster ${cluster} --tasks ${id}`;
  if (cause.isExpected) return `npm run infra:status -- --profile ${profile}`;
  if (/^image-not-found|^image-denied|^image-architecture/.test(cause.id))
    return `aws ecr describe-images --repository-name ${project}/${container}`;
  const neverRan = task.containers.every(({ exitCode }) => exitCode === undefined);
  if (neverRan || startCauses.includes(cause)) return `npm run infra:check -- --profile ${profile}`;
  const group = `/${project}/${profile}/${JOBS.includes(container) ? 'jobs' : container}`;
  return `aws logs get-log-events --log-group-name ${group} --log-stream-name ${container}/${container}/${id} --limit 50`;
}
