import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Shop } from './shop.ts';

const main = fileURLToPath(new URL('../../apps/reconcile/src/main.ts', import.meta.url));

export type Reconciliation = { exitCode: number | null; output: string };

/** Runs the job that proves money, stock and orders agree, as the scheduler would: a process of its own. */
export function reconcile({ environment }: Shop, ...flags: string[]): Promise<Reconciliation> {
  return new Promise((resolve) => {
    const job = spawn(process.execPath, [main, ...flags], { env: { ...process.env, ...environment } });
    let output = '';
    for (const stream of [job.stdout, job.stderr]) stream.on('data', (chunk) => (output += chunk));
    job.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
