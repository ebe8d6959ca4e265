// Runs the bundle once while the image is built, so that Node writes its compile cache at the orderly exit. Nobody is
// there to talk to: a service listens all the same, a job fails, and both have compiled their code by then.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const LISTENING_TIMEOUT_MS = 60_000;
const nowhere = 'http://127.0.0.1:9';

const child = spawn(process.execPath, ['/app/main.cjs'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...process.env,
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
    BASE_URL: nowhere,
    ISSUER_URL: nowhere,
    LOG_LEVEL: 'fatal',
    SHUTDOWN_DELAY_MS: '0',
    DRAIN_MS: '1',
  },
});
const ended = new Promise((resolve) => child.once('exit', resolve));
const deadlineAt = Date.now() + LISTENING_TIMEOUT_MS;

while (child.exitCode === null && !(await answers())) {
  if (Date.now() > deadlineAt) throw new Error('The app neither listened nor ended.');
  await Promise.race([sleep(50), ended]);
}
child.kill('SIGTERM');
await ended;

async function answers() {
  const answer = await fetch('http://127.0.0.1:3000/livez').catch(() => undefined);
  return answer?.ok === true;
}
