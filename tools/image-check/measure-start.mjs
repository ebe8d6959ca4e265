// Runs inside an image: starts its app again and again, and writes when each start listened and what memory it held then.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

const starts = [];
for (let run = Number(process.env.RUNS); run > 0; run -= 1) starts.push(await start());
process.stdout.write(`${JSON.stringify(starts)}\n`);

async function start() {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['/app/main.cjs'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of child.stdout) {
    if (String(chunk).includes('Server listening')) break;
  }
  const listeningMs = performance.now() - startedAt;
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const residentKiB = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return { listeningMs, residentKiB };
}
