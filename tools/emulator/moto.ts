import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensurePython } from '../infra-lint/python.ts';
import { startGuard } from '../shop/guarded.ts';

const START_DEADLINE_MS = 60_000;

export type Moto = { endpoint: string; stop(): Promise<void> };

/** The moto server at MOTO_ENDPOINT, or one of the virtual environment of infra:lint. Rejects with a sentence. */
export async function startMoto(tell: (line: string) => void): Promise<Moto> {
  const given = process.env.MOTO_ENDPOINT;
  if (!given) return startOwn(await ensurePython(tell));
  const endpoint = given.replace(/\/$/, '');
  if (!(await answers(endpoint))) throw new Error(`No moto server answers at ${given}.`);
  return { endpoint, stop: async () => {} };
}

/** On a port that is free: moto chooses and tells it. It does not outlive this process, however that ends. */
async function startOwn(python: string): Promise<Moto> {
  const folder = mkdtempSync(join(tmpdir(), 'moto-'));
  const log = join(folder, 'log');
  // Into a file: whoever waits for tests reads no pipe, and moto would stand still before a full one.
  const output = openSync(log, 'a');
  const args = ['-m', 'moto.server', '--host', '127.0.0.1', '--port', '0'];
  const server = spawn(python, args, { detached: true, stdio: ['ignore', output, output] });
  const exited = once(server, 'exit');
  closeSync(output);
  const guard = startGuard();
  guard.watch(Number(server.pid));
  const stop = async () => {
    server.kill('SIGKILL');
    await exited;
    await guard.release();
    rmSync(folder, { recursive: true });
  };
  const said = () => readFileSync(log, 'utf8');
  const deadlineAt = Date.now() + START_DEADLINE_MS;
  while (server.exitCode === null && Date.now() < deadlineAt) {
    const endpoint = /Running on (http:\S+)/.exec(said())?.[1];
    if (endpoint !== undefined) return { endpoint, stop };
    await delay(100);
  }
  const last = said().trim().split('\n').slice(-8).join('\n');
  await stop();
  throw new Error(`moto did not start within ${START_DEADLINE_MS / 1000} s. It said:\n${last}`);
}

async function answers(endpoint: string): Promise<boolean> {
  const probe = fetch(`${endpoint}/moto-api/`, { signal: AbortSignal.timeout(2000) });
  return probe.then(
    ({ ok }) => ok,
    () => false,
  );
}
