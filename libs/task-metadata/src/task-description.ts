import { type Static, Type } from 'typebox';

const bytes = () => Type.Optional(Type.Integer({ minimum: 0 }));
const percent = (description: string) => Type.Optional(Type.Number({ minimum: 0, description }));

/** One container of the task. A figure that the endpoint did not give is absent, never zero. */
export const ContainerDescription = Type.Object({
  name: Type.String(),
  image: Type.Optional(Type.String()),
  status: Type.Optional(Type.String()),
  cpuPercent: percent('As `docker stats` shows it: 100 is one CPU.'),
  cpuLimitVcpus: Type.Optional(Type.Number({ description: "The container's share, else the task's." })),
  cpuPercentOfLimit: percent('100 is the whole of cpuLimitVcpus.'),
  memoryUsedBytes: bytes(),
  memoryLimitBytes: bytes(),
  memoryPercentOfLimit: percent('100 is the whole of memoryLimitBytes.'),
  networkReceivedBytes: bytes(),
  networkSentBytes: bytes(),
  blockReadBytes: bytes(),
  blockWrittenBytes: bytes(),
});
export type ContainerDescription = Static<typeof ContainerDescription>;

/** The task that this process runs in. `source` is the version of the endpoint that told, or `local` outside ECS. */
export const TaskDescription = Type.Object({
  source: Type.Union([Type.Literal('v4'), Type.Literal('v3'), Type.Literal('v2'), Type.Literal('local')]),
  stale: Type.Boolean({ description: 'The endpoint did not answer; these are the last known values, if any.' }),
  ageMs: Type.Optional(Type.Integer({ minimum: 0, description: 'Since the values were read.' })),
  cluster: Type.Optional(Type.String()),
  taskArn: Type.Optional(Type.String()),
  taskId: Type.Optional(Type.String()),
  family: Type.Optional(Type.String()),
  revision: Type.Optional(Type.String()),
  availabilityZone: Type.Optional(Type.String()),
  launchType: Type.Optional(Type.String()),
  cpuLimitVcpus: Type.Optional(Type.Number()),
  memoryLimitBytes: bytes(),
  containers: Type.Array(ContainerDescription),
});
export type TaskDescription = Static<typeof TaskDescription>;
