import { join } from 'node:path';
import { docker } from '../containers/docker.ts';

export type Start = { listeningMs: number; residentKiB: number };
export type StartOptions = { image: string; runs: number; cpus?: string; variables?: Record<string, string> };

const script = join(import.meta.dirname, 'measure-start.mjs');
const nowhere = join(import.meta.dirname, '../../docker/nowhere.env');

/** Starts the image's app several times in a container as Fargate runs it, with all CPUs of this machine or some of one. */
export async function measureStarts({ image, runs, cpus, variables = {} }: StartOptions): Promise<Start[]> {
  // Looking takes its share of the CPU: the longer a start, the less often.
  const looking = { RUNS: String(runs), LOOK_EVERY_MS: cpus === undefined ? '4' : '25' };
  const all = Object.entries({ ...variables, ...looking });
  const settings = [`--env-file=${nowhere}`, ...all.map(([name, value]) => `--env=${name}=${value}`)];
  const limits = ['--memory=512m', ...(cpus === undefined ? [] : [`--cpus=${cpus}`])];
  const locks = ['--read-only', '--cap-drop=ALL', '--network=none'];
  const mount = `--volume=${script}:/measure-start.mjs:ro`;
  return JSON.parse(await docker('run', '--rm', ...locks, ...limits, ...settings, mount, image, '/measure-start.mjs'));
}
