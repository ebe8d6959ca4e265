import { type Static, Type } from 'typebox';
import { ContainerDocument, containerDocument, knownStatus } from './container-document.ts';
import type { InspectedContainer } from './engine-api.ts';
import { taskLimits } from './limits.ts';
import type { TaskNames } from './task-names.ts';

export const TaskDocument = Type.Object({
  Cluster: Type.String(),
  TaskARN: Type.String(),
  Family: Type.String(),
  Revision: Type.String(),
  ServiceName: Type.Optional(Type.String()),
  DesiredStatus: Type.String(),
  KnownStatus: Type.String(),
  Limits: Type.Optional(Type.Object({ CPU: Type.Optional(Type.Number()), Memory: Type.Optional(Type.Integer()) })),
  PullStartedAt: Type.String(),
  PullStoppedAt: Type.String(),
  AvailabilityZone: Type.String(),
  LaunchType: Type.Literal('FARGATE'),
  Containers: Type.Array(ContainerDocument),
  ClockDrift: Type.Object({
    ClockErrorBound: Type.Number({ description: 'Milliseconds.' }),
    ReferenceTimestamp: Type.String(),
    ClockSynchronizationStatus: Type.Union([Type.Literal('SYNCHRONIZED'), Type.Literal('NOT_SYNCHRONIZED')]),
  }),
  EphemeralStorageMetrics: Type.Object({
    Utilized: Type.Integer({ description: 'MiB.' }),
    Reserved: Type.Integer({ description: 'MiB.' }),
  }),
  FaultInjectionEnabled: Type.Boolean(),
});
export type TaskDocument = Static<typeof TaskDocument>;

/** What Fargate reserves for a task that asks for no storage: 20 GiB and a little. */
const reservedMebibytes = 20_496;

/** The answer of `${ECS_CONTAINER_METADATA_URI_V4}/task`: one container is one task. */
export function taskDocument(
  container: InspectedContainer,
  names: TaskNames,
  networkId: string,
  now: number,
): TaskDocument {
  const limits = taskLimits(container.HostConfig);
  return {
    Cluster: names.clusterArn,
    TaskARN: names.taskArn,
    Family: names.family,
    Revision: names.revision,
    ...(names.service !== undefined && { ServiceName: names.service }),
    DesiredStatus: 'RUNNING',
    KnownStatus: knownStatus(container),
    ...(limits && { Limits: limits }),
    PullStartedAt: container.Created,
    PullStoppedAt: container.Created,
    AvailabilityZone: names.availabilityZone,
    LaunchType: 'FARGATE',
    Containers: [containerDocument(container, names, networkId)],
    ClockDrift: {
      ClockErrorBound: 0,
      ReferenceTimestamp: `${new Date(now).toISOString().slice(0, 19)}Z`,
      ClockSynchronizationStatus: 'SYNCHRONIZED',
    },
    EphemeralStorageMetrics: { Utilized: 0, Reserved: reservedMebibytes },
    FaultInjectionEnabled: false,
  };
}
