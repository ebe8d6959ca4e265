import { blockBytes, cpuPercent, type DockerStats, memoryUsedBytes, networkBytes } from './docker-stats.ts';
import type { ContainerDescription, TaskDescription } from './task-description.ts';

/** What we read of the endpoint's task document. Task limits are vCPUs and MiB, container limits CPU units and MiB. */
export type EcsTask = {
  Cluster?: string;
  TaskARN?: string;
  Family?: string;
  Revision?: string;
  AvailabilityZone?: string;
  LaunchType?: string;
  Limits?: { CPU?: number; Memory?: number };
  Containers?: EcsContainer[];
};
type EcsContainer = {
  DockerId: string;
  Name: string;
  Image?: string;
  KnownStatus?: string;
  Type?: string;
  Limits?: { CPU?: number; Memory?: number };
};
export type TaskStats = Record<string, DockerStats | null>;

const mebibyte = 1024 * 1024;
const unitsPerVcpu = 1024;
/** Docker's least CPU share: what ECS passes on when the container asks for none. */
const leastUnits = 2;
/** Docker reports a missing limit as the largest number of its kernel. */
const noLimitBytes = 2 ** 60;

/** The description of the task, with figures where `stats` has them; CPU is measured since `before`. */
export function describeTask(
  task: EcsTask,
  stats: TaskStats,
  before: TaskStats,
): Omit<TaskDescription, 'source' | 'stale' | 'ageMs'> {
  const described = (task.Containers ?? []).filter(({ Type: type }) => type === undefined || type === 'NORMAL');
  return present({
    cluster: lastSegment(task.Cluster),
    taskArn: task.TaskARN,
    taskId: lastSegment(task.TaskARN),
    family: task.Family,
    revision: task.Revision,
    availabilityZone: task.AvailabilityZone,
    launchType: task.LaunchType,
    cpuLimitVcpus: task.Limits?.CPU,
    memoryLimitBytes: inBytes(task.Limits?.Memory),
    containers: described.map((container) =>
      describeContainer(container, task, stats[container.DockerId] ?? {}, before[container.DockerId] ?? undefined),
    ),
  });
}

function describeContainer(
  container: EcsContainer,
  task: EcsTask,
  stats: DockerStats,
  before: DockerStats | undefined,
): ContainerDescription {
  const units = container.Limits?.CPU ?? 0;
  const cpuLimitVcpus = units > leastUnits ? units / unitsPerVcpu : task.Limits?.CPU;
  const cpu = cpuPercent(stats, before?.cpu_stats) ?? cpuPercent(stats, stats.precpu_stats);
  const memoryUsed = memoryUsedBytes(stats);
  const kernelLimit = stats.memory_stats?.limit ?? noLimitBytes;
  const memoryLimit =
    inBytes(container.Limits?.Memory) ??
    inBytes(task.Limits?.Memory) ??
    (kernelLimit < noLimitBytes ? kernelLimit : undefined);
  const network = networkBytes(stats);
  const block = blockBytes(stats);
  return present({
    name: container.Name,
    image: container.Image,
    status: container.KnownStatus,
    cpuPercent: rounded(cpu),
    cpuLimitVcpus,
    cpuPercentOfLimit: cpu === undefined || !cpuLimitVcpus ? undefined : rounded(cpu / cpuLimitVcpus),
    memoryUsedBytes: memoryUsed,
    memoryLimitBytes: memoryLimit,
    memoryPercentOfLimit:
      memoryUsed === undefined || !memoryLimit ? undefined : rounded((memoryUsed / memoryLimit) * 100),
    networkReceivedBytes: network.received,
    networkSentBytes: network.sent,
    blockReadBytes: block.read,
    blockWrittenBytes: block.written,
  });
}

function inBytes(mebibytes: number | undefined): number | undefined {
  return mebibytes ? mebibytes * mebibyte : undefined;
}

function rounded<N extends number | undefined>(percent: N): N {
  return (percent === undefined ? undefined : Math.round(percent * 100) / 100) as N;
}

/** The id in an ARN, old (`task/id`) or new (`task/cluster/id`); a short name as it is. */
function lastSegment(arn: string | undefined): string | undefined {
  return arn?.split('/').at(-1);
}

type Present<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
