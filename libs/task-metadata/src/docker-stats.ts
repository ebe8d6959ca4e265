/** What we read of Docker's ContainerStats (Docker Engine API); counters of bytes and of nanoseconds. */
export type DockerStats = {
  cpu_stats?: CpuStats;
  precpu_stats?: CpuStats;
  memory_stats?: {
    usage?: number;
    limit?: number;
    stats?: { total_inactive_file?: number; inactive_file?: number };
  };
  networks?: Record<string, { rx_bytes: number; tx_bytes: number }>;
  blkio_stats?: { io_service_bytes_recursive?: { op: string; value: number }[] | null };
};
type CpuStats = {
  cpu_usage?: { total_usage?: number; percpu_usage?: number[] | null };
  system_cpu_usage?: number;
  online_cpus?: number;
};

/**
 * Percent of one CPU between two readings: the container's CPU time over the host's, times the host's CPUs. Undefined
 * where no time has passed between them.
 */
export function cpuPercent(now: DockerStats, before: CpuStats | undefined): number | undefined {
  const used = difference(now.cpu_stats?.cpu_usage?.total_usage, before?.cpu_usage?.total_usage);
  const elapsed = difference(now.cpu_stats?.system_cpu_usage, before?.system_cpu_usage);
  if (used === undefined || elapsed === undefined || used < 0 || elapsed <= 0) return undefined;
  const cpus = now.cpu_stats?.online_cpus || now.cpu_stats?.cpu_usage?.percpu_usage?.length || 1;
  return (used / elapsed) * cpus * 100;
}

/** Memory that cannot simply be dropped: usage without inactive file cache (named differently by cgroup 1 and 2). */
export function memoryUsedBytes({ memory_stats: memory }: DockerStats): number | undefined {
  if (memory?.usage === undefined) return undefined;
  const cache = memory.stats?.total_inactive_file ?? memory.stats?.inactive_file ?? 0;
  return cache < memory.usage ? memory.usage - cache : memory.usage;
}

/** Bytes over all interfaces. */
export function networkBytes({ networks }: DockerStats): { received?: number; sent?: number } {
  if (!networks) return {};
  const interfaces = Object.values(networks);
  return { received: sum(interfaces.map((one) => one.rx_bytes)), sent: sum(interfaces.map((one) => one.tx_bytes)) };
}

/** Bytes over all block devices; cgroup 1 writes `Read`, cgroup 2 `read`. */
export function blockBytes({ blkio_stats: stats }: DockerStats): { read?: number; written?: number } {
  const entries = stats?.io_service_bytes_recursive;
  if (!entries) return {};
  const total = (operation: string) =>
    sum(entries.filter(({ op }) => op.toLowerCase() === operation).map(({ value }) => value));
  return { read: total('read'), written: total('write') };
}

function difference(now: number | undefined, before: number | undefined): number | undefined {
  return now === undefined || before === undefined ? undefined : now - before;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
