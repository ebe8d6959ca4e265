// Runs inside an image: starts its app again and again, and writes when each start listened and what memory it held then.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A socket that listens (state 0A) on port 3000 (0BB8). The log says so too, but writes its lines a moment later. */
const listening = /:0BB8 [0-9A-F]+:0000 0A /;

const starts = [];
for (let run = Number(process.env.RUNS); run > 0; run -= 1) starts.push(await start());
process.stdout.write(`${JSON.stringify(starts)}\n`);

async function start() {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['/app/main.cjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
  while (!listening.test(readFileSync('/proc/net/tcp', 'utf8'))) {
    if (child.exitCode !== null) throw new Error(`The app ended with ${child.exitCode}`);
    await sleep(Number(process.env.LOOK_EVERY_MS));
  }
  const listeningMs = performance.now() - startedAt;
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const residentKiB = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return { listeningMs, residentKiB };
}
