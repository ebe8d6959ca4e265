import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export type Start = { listeningMs: number; residentKiB: number };
export type StartOptions = { image: string; runs: number; cpus?: string };

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
export function measureStarts({ image, runs, cpus }: StartOptions): Start[] {
  const variables = Object.entries({ ...environment, RUNS: String(runs) }).flatMap(([name, value]) => [
    '--env',
    `${name}=${value}`,
  ]);
  const limits = cpus === undefined ? [] : ['--cpus', cpus];
  const command = [
    'run',
    '--rm',
    '--read-only',
    '--cap-drop=ALL',
    '--network=none',
    '--memory=512m',
    ...limits,
    ...variables,
  ];
  const answer = execFileSync(
    'docker',
    [...command, `--volume=${script}:/measure-start.mjs:ro`, image, '/measure-start.mjs'],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 300_000,
    },
  );
  return JSON.parse(answer);
}
