import type { InspectedContainer } from './engine-api.ts';

type HostConfig = Pick<InspectedContainer['HostConfig'], 'NanoCpus' | 'Memory'>;
export type Limits = { CPU?: number; Memory?: number };

const nanoCpus = 1_000_000_000;
const mebibyte = 1024 * 1024;
const unitsPerVcpu = 1024;
/** What ECS passes to Docker, and so reports, for a container that asks for no CPU. */
const leastUnits = 2;

/** A container's limits: CPU units, and MiB where there is a limit of memory. */
export function containerLimits(host: HostConfig): Limits {
  const CPU = Math.max(leastUnits, Math.round((host.NanoCpus / nanoCpus) * unitsPerVcpu));
  return { CPU, ...memoryLimit(host) };
}

/** A task's limits: vCPUs and MiB; undefined when there are none. */
export function taskLimits(host: HostConfig): Limits | undefined {
  const limits = { ...(host.NanoCpus > 0 && { CPU: host.NanoCpus / nanoCpus }), ...memoryLimit(host) };
  return Object.keys(limits).length > 0 ? limits : undefined;
}

function memoryLimit({ Memory: bytes }: HostConfig): Limits {
  return bytes > 0 ? { Memory: Math.floor(bytes / mebibyte) } : {};
}
