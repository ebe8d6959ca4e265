const UNITS: { [unit: string]: number } = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30m`, `2h`, `3d` before now, or a time such as `2026-03-02T10:00Z`, as epoch milliseconds. Throws for anything else. */
export function readSince(text: string, now: number): number {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(text) ?? [];
  const time = count === undefined ? Date.parse(text) : now - Number(count) * (UNITS[unit] ?? Number.NaN);
  if (Number.isNaN(time)) throw new Error(`--since is "${text}", and should be like 30m, 2h, 3d or 2026-03-02T10:00Z`);
  return time;
}
