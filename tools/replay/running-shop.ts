import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export type RunningShop = { stop(): Promise<void> };

/** Data of the shop that a replay starts: not mixed with that of `npm start`. */
const DATA_FOLDER = '.data/replay';
const START_TIMEOUT_MS = 90_000;
const STOP_TIMEOUT_MS = 30_000;
const main = fileURLToPath(new URL('../shop/main.ts', import.meta.url));

/** The shop at `baseUrl`; where nothing answers at the default address, one of our own that ends with the replay. */
export async function openShop(
  baseUrl: string,
  { isDefault, say }: { isDefault: boolean; say: (line: string) => void },
): Promise<RunningShop> {
  if (await isOpen(baseUrl)) {
    say(`Using the shop that runs at ${baseUrl}.`);
    return { stop: async () => undefined };
  }
  if (!isDefault) throw new Error(`no shop answers at ${baseUrl}`);
  say(`No shop answers at ${baseUrl}: starting one, with its data in ${DATA_FOLDER}/.`);
  return await startShop(baseUrl, say);
}

async function startShop(baseUrl: string, say: (line: string) => void): Promise<RunningShop> {
  const child = spawn(process.execPath, [main, '--data', DATA_FOLDER], { stdio: ['ignore', 'ignore', 'pipe'] });
  const interrupt = () => child.kill('SIGINT');
  process.once('exit', interrupt);
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2000);
  });
  const ended = once(child, 'exit').then(() => true);

  const deadlineAt = Date.now() + START_TIMEOUT_MS;
  while (!(await isOpen(baseUrl))) {
    const dead = await Promise.race([ended, sleep(200, false)]);
    if (dead) throw new Error(`the shop did not start:\n${complaints.trim()}`);
    if (Date.now() > deadlineAt) throw new Error('the shop did not start in time');
  }
  return {
    async stop() {
      say('Stopping the shop that was started for this.');
      process.off('exit', interrupt);
      child.kill('SIGINT');
      if (!(await Promise.race([ended, sleep(STOP_TIMEOUT_MS, false, { ref: false })]))) child.kill('SIGKILL');
    },
  };
}

async function isOpen(baseUrl: string): Promise<boolean> {
  const url = `${baseUrl}/v1/products/categories`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok === true;
}
