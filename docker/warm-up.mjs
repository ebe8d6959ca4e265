// Runs the bundle once while the image is built, so that Node writes its compile cache at the orderly exit. Nobody is
// there to talk to: a service listens all the same, a job gives up, and both have compiled their code by then. One that
// ends for another reason would not run elsewhere either, and fails the build.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

const LISTENING_TIMEOUT_MS = 60_000;
process.loadEnvFile('/nowhere.env');

const child = spawn(process.execPath, ['/app/main.cjs'], {
  stdio: ['ignore', 'pipe', 'pipe'],
  env: {
    ...process.env,
    PORT: '3000',
    LOG_LEVEL: 'fatal',
    SHUTDOWN_DELAY_MS: '0',
    DRAIN_MS: '1',
  },
});
let output = '';
for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
const ended = new Promise((resolve) => child.once('close', resolve));
const deadlineAt = Date.now() + LISTENING_TIMEOUT_MS;

let listens = false;
while (child.exitCode === null && !listens) {
  if (Date.now() > deadlineAt) throw new Error(`The app neither listened nor ended:\n${output}`);
  await Promise.race([sleep(50), ended]);
  listens = await answers();
}
child.kill('SIGTERM');
await ended;
if (!listens && !output.includes('ECONNREFUSED')) throw new Error(`The app does not start:\n${output}`);

async function answers() {
  const answer = await fetch('http://127.0.0.1:3000/livez').catch(() => undefined);
  return answer?.ok === true;
}
