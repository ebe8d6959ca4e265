import type { Stack } from '../compose/stack.ts';
import { docker } from '../containers/docker.ts';

const units: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/** What all running containers of the stack hold, in MiB. */
export async function memoryOf(stack: Stack): Promise<number> {
  const running = (await stack.containers()).filter(({ State }) => State === 'running').map(({ ID }) => ID);
  const lines = (await docker('stats', '--no-stream', '--format={{.MemUsage}}', ...running)).split('\n');
  return lines.reduce((sum, line) => sum + bytesOf(line), 0) / 2 ** 20;
}

/** The first figure of, for example, `76.75MiB / 512MiB`. */
export function bytesOf(usage: string): number {
  const [, figure, unit = ''] = /^([\d.]+)([A-Za-z]+) \//.exec(usage) ?? [];
  const factor = units[unit];
  if (figure === undefined || factor === undefined) throw new Error(`not a memory figure: ${usage}`);
  return Number(figure) * factor;
}
