// Documents in the shapes that the Amazon ECS Developer Guide describes for Fargate; ids and figures are our own.

const mebibyte = 1024 * 1024;
const id = (version: string, container: string) =>
  version === 'v4' ? `0123abc-${container}` : `${container}`.padEnd(64, '0');

export function taskDocument(version: 'v4' | 'v3' | 'v2') {
  const container = (name: string, cpu: number, memory: number, type = 'NORMAL') => ({
    DockerId: id(version, name),
    Name: name,
    DockerName: `ecs-catalog-7-${name}`,
    Image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${name}:1.2.3`,
    ImageID: 'sha256:0000',
    Labels: { 'com.amazonaws.ecs.task-definition-family': 'catalog' },
    DesiredStatus: 'RUNNING',
    KnownStatus: 'RUNNING',
    Limits: { CPU: cpu, Memory: memory },
    CreatedAt: '2026-11-20T08:00:00.1Z',
    StartedAt: '2026-11-20T08:00:01.1Z',
    Type: type,
    Networks: [{ NetworkMode: 'awsvpc', IPv4Addresses: ['10.0.1.5'] }],
  });
  return {
    Cluster: version === 'v4' ? 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop' : 'shop',
    TaskARN:
      version === 'v2'
        ? 'arn:aws:ecs:eu-west-1:111122223333:task/0123abc'
        : 'arn:aws:ecs:eu-west-1:111122223333:task/shop/0123abc',
    Family: 'catalog',
    Revision: '7',
    DesiredStatus: 'RUNNING',
    KnownStatus: 'RUNNING',
    Limits: { CPU: 0.5, Memory: 1024 },
    PullStartedAt: '2026-11-20T07:59:50.1Z',
    PullStoppedAt: '2026-11-20T07:59:59.1Z',
    AvailabilityZone: 'eu-west-1a',
    ...(version === 'v4' ? { LaunchType: 'FARGATE', ClockDrift: { ClockSynchronizationStatus: 'SYNCHRONIZED' } } : {}),
    Containers: [
      container('catalog', 2, 0),
      container('collector', 128, 64),
      container('~internal~ecs~pause', 0, 0, 'CNI_PAUSE'),
    ],
  };
}

/** Stats after the app's container has used `cpuMs` of CPU while each of the host's two CPUs has run for `hostMs`. */
export function statsDocument(version: 'v4' | 'v3' | 'v2', cpuMs: number, hostMs: number) {
  const stats = (usedMs: number, usedMiB: number, cacheMiB: number) => ({
    read: '2026-11-20T08:10:00Z',
    preread: '2026-11-20T08:09:59Z',
    num_procs: 0,
    pids_stats: {},
    cpu_stats: cpu(usedMs, hostMs),
    precpu_stats: cpu(usedMs - 100, hostMs - 1_000),
    memory_stats: {
      usage: usedMiB * mebibyte,
      max_usage: usedMiB * mebibyte,
      stats: version === 'v4' ? { inactive_file: cacheMiB * mebibyte } : { total_inactive_file: cacheMiB * mebibyte },
      limit: 9223372036854772000,
    },
    networks: {
      eth0: { rx_bytes: 1_000, rx_packets: 10, tx_bytes: 500, tx_packets: 5 },
      eth1: { rx_bytes: 234, rx_packets: 2, tx_bytes: 66, tx_packets: 1 },
    },
    blkio_stats: {
      io_service_bytes_recursive: [
        { major: 202, minor: 26368, op: version === 'v4' ? 'read' : 'Read', value: 638_976 },
        { major: 202, minor: 26368, op: version === 'v4' ? 'write' : 'Write', value: 4_096 },
        { major: 202, minor: 26369, op: version === 'v4' ? 'read' : 'Read', value: 24 },
        { major: 202, minor: 26368, op: 'Total', value: 643_072 },
      ],
    },
  });
  return {
    [id(version, 'catalog')]: stats(cpuMs, 200, 40),
    [id(version, 'collector')]: stats(cpuMs, 16, 0),
    [id(version, '~internal~ecs~pause')]: null,
  };
}

function cpu(usedMs: number, hostMs: number) {
  const nanoseconds = 1_000_000;
  return {
    cpu_usage: {
      total_usage: usedMs * nanoseconds,
      percpu_usage: [usedMs * nanoseconds, 0],
      usage_in_kernelmode: 0,
      usage_in_usermode: 0,
    },
    system_cpu_usage: hostMs * 2 * nanoseconds,
    online_cpus: 2,
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  };
}
