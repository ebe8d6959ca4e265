import { join } from 'node:path';
import { docker } from '../containers/docker.ts';

export type Start = { listeningMs: number; residentKiB: number };
export type StartOptions = { image: string; runs: number; cpus?: string; variables?: Record<string, string> };

const script = join(import.meta.dirname, 'measure-start.mjs');
const nowhere = 'http://127.0.0.1:9';

/** Enough for a service to start; nobody is there to talk to. */
const environment = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  AWS_ENDPOINT_URL: nowhere,
  CATALOG_URL: nowhere,
  PAYMENT_URL: nowhere,
  GATEWAY_URL: nowhere,
  GATEWAY_API_KEY: 'none',
  JWT_ISSUER: nowhere,
  JWT_AUDIENCE: 'none',
  JWKS_URL: nowhere,
};

/** Starts the image's app several times in a container as Fargate runs it, with all CPUs of this machine or some of one. */
export async function measureStarts({ image, runs, cpus, variables = {} }: StartOptions): Promise<Start[]> {
  // Looking takes its share of the CPU: the longer a start, the less often.
  const looking = { RUNS: String(runs), LOOK_EVERY_MS: cpus === undefined ? '4' : '25' };
  const all = Object.entries({ ...environment, ...variables, ...looking });
  const settings = all.map(([name, value]) => `--env=${name}=${value}`);
  const limits = ['--memory=512m', ...(cpus === undefined ? [] : [`--cpus=${cpus}`])];
  const locks = ['--read-only', '--cap-drop=ALL', '--network=none'];
  const mount = `--volume=${script}:/measure-start.mjs:ro`;
  return JSON.parse(await docker('run', '--rm', ...locks, ...limits, ...settings, mount, image, '/measure-start.mjs'));
}
