// npm run infra:smoke
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { textAt } from '../infra-check/resolve/json.ts';
import { deployments } from '../infra-check/resolve/resolve-chapters.ts';
import { albUrl } from './alb-url.ts';
import { root, runCommand, textOf } from './command.ts';
import type { Target } from './target.ts';
import { waitUntil } from './wait-until.ts';

const USAGE = `Usage: npm run infra:smoke -- [--profile NAME] [--token-command COMMAND]

Runs the end-to-end tests (npm run e2e) against the address of the deployed shop. Exit 1 when one of them fails.

  --token-command COMMAND  prints a bearer token, as npm run e2e takes it; without, only the tests that need no token run
  --patience SECONDS       how long the shop may take to answer at all (default 180: a new name is not known at once)
`;
const PROBE_TIMEOUT_MS = 5000;

await runCommand(
  USAGE,
  { 'token-command': { type: 'string' }, patience: { type: 'string', default: '180' } },
  async (target, values) => {
    const patienceMs = Number(textOf(values, 'patience')) * 1000;
    if (!(patienceMs >= 0 && patienceMs < Infinity))
      throw new Error(`--patience is "${values.patience}", and should be a number of seconds.`);
    const baseUrl = await addressOf(target);
    await firstAnswer(baseUrl, patienceMs);
    const command = textOf(values, 'token-command');
    const args = [
      join(root, 'tools/e2e/main.ts'),
      `--base-url=${baseUrl}`,
      ...(command === undefined ? ['--anonymous'] : [`--token-command=${command}`]),
      ...(hasServicePages(target) ? [] : ['--no-service-pages']),
    ];
    const [code] = await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit');
    if (code !== 0) throw new Error(`The shop at ${baseUrl} does not do what its tests expect.`);
  },
);

async function addressOf(target: Target): Promise<string> {
  const url = await albUrl(target);
  if (url === undefined) throw new Error('There is no address: npm run infra:deploy makes the shop.');
  return url;
}

async function firstAnswer(baseUrl: string, timeoutMs: number): Promise<void> {
  const ask = () =>
    fetch(`${baseUrl}/v1/products/categories`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) }).then(
      ({ status }) => status,
      () => 'no answer',
    );
  await waitUntil(`${baseUrl} answers`, ask, { fits: (status) => status === 200, timeoutMs, everyMs: 2000 });
}

function hasServicePages({ templates, profile }: Target): boolean {
  return deployments(templates, profile).some(({ given }) => textAt(given, 'ExposeServicePages') === 'true');
}
