/** The CPU units and the MiB of memory that Fargate has for Linux: 74 pairs (API reference of ECS, RegisterTaskDefinition). */
const rows: readonly [cpu: number, least: number, most: number, step: number][] = [
  [512, 1024, 4096, 1024],
  [1024, 2048, 8192, 1024],
  [2048, 4096, 16_384, 1024],
  [4096, 8192, 30_720, 1024],
  [8192, 16_384, 61_440, 4096],
  [16_384, 32_768, 122_880, 8192],
];

export const fargateSizes: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  ...rows.map(([cpu, least, most, step]): [number, number[]] => [
    cpu,
    Array.from({ length: (most - least) / step + 1 }, (_none, index) => least + index * step),
  ]),
]);
