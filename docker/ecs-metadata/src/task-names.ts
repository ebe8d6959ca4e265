import type { InspectedContainer } from './engine-api.ts';

export type TaskNames = ReturnType<typeof nameTask>;

const accountId = '000000000000';
const zones = ['a', 'b', 'c'] as const;

/**
 * The names that ECS would give the container and its task. They are made of what Docker and Compose call it, so that they
 * last as long as the container and lead back to it: `docker inspect` takes the task's id.
 */
export function nameTask({ Id: id, Name: name, Config: { Labels: labels } }: InspectedContainer, region: string) {
  const dockerName = name.replace(/^\//, '');
  const service = labels?.['com.docker.compose.service'];
  const cluster = labels?.['com.docker.compose.project'] ?? 'local';
  const taskId = id.slice(0, 32);
  const arn = (resource: string) => `arn:aws:ecs:${region}:${accountId}:${resource}`;
  const replica = Number(labels?.['com.docker.compose.container-number'] ?? Number.parseInt(id.slice(-8), 16));
  return {
    clusterArn: arn(`cluster/${cluster}`),
    taskArn: arn(`task/${cluster}/${taskId}`),
    containerArn: arn(`container/${cluster}/${taskId}/${toUuid(id.slice(-32))}`),
    dockerId: toDockerId(id),
    dockerName,
    service,
    family: service ?? dockerName,
    revision: labels?.['com.amazonaws.ecs.task-definition-version'] ?? '1',
    availabilityZone: `${region}${zones[(replica - 1) % zones.length] ?? zones[0]}`,
  };
}

/** As on Fargate: the task's id and a number. */
export function toDockerId(containerId: string): string {
  return `${containerId.slice(0, 32)}-${Number.parseInt(containerId.slice(32, 40), 16)}`;
}

function toUuid(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
