import { Gauge, type Registry } from 'prom-client';
import type { ContainerDescription, TaskDescription } from './task-description.ts';

const containerGauges: [name: string, help: string, value: (container: ContainerDescription) => number | undefined][] =
  [
    ['cpu_percent', 'CPU in use; 100 is one CPU.', (container) => container.cpuPercent],
    [
      'cpu_percent_of_limit',
      "CPU in use, of the container's or the task's limit.",
      (container) => container.cpuPercentOfLimit,
    ],
    ['cpu_limit_vcpus', "The container's or the task's CPU limit.", (container) => container.cpuLimitVcpus],
    ['memory_used_bytes', 'Memory in use without inactive file cache.', (container) => container.memoryUsedBytes],
    ['memory_limit_bytes', "The container's or the task's memory limit.", (container) => container.memoryLimitBytes],
    ['network_received_bytes', 'Received over all interfaces.', (container) => container.networkReceivedBytes],
    ['network_sent_bytes', 'Sent over all interfaces.', (container) => container.networkSentBytes],
    ['block_read_bytes', 'Read from block devices.', (container) => container.blockReadBytes],
    ['block_written_bytes', 'Written to block devices.', (container) => container.blockWrittenBytes],
  ];

/** The description as gauges `ecs_container_*{container}` and `ecs_task_*`, read when Prometheus asks. */
export function registerTaskGauges(registry: Registry, task: () => Promise<TaskDescription>): void {
  for (const [name, help, value] of containerGauges) {
    new Gauge({
      name: `ecs_container_${name}`,
      help,
      labelNames: ['container'],
      registers: [registry],
      async collect() {
        this.reset();
        for (const container of (await task()).containers) {
          const figure = value(container);
          if (figure !== undefined) this.set({ container: container.name }, figure);
        }
      },
    });
  }
  new Gauge({
    name: 'ecs_task_info',
    help: 'The task that this process runs in; always 1.',
    labelNames: ['source', 'task_id', 'family', 'revision', 'availability_zone'],
    registers: [registry],
    async collect() {
      const { source, taskId = '', family = '', revision = '', availabilityZone = '' } = await task();
      this.reset();
      this.set({ source, task_id: taskId, family, revision, availability_zone: availabilityZone }, 1);
    },
  });
  new Gauge({
    name: 'ecs_task_metadata_stale',
    help: '1 when the metadata endpoint did not answer and the other figures are the last known ones.',
    registers: [registry],
    async collect() {
      this.set((await task()).stale ? 1 : 0);
    },
  });
}
