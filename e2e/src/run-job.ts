import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type JobRun = { exitCode: number | null; output: string };

/** Runs a job to its end, as the scheduler would: a process of its own. `main` is its file, seen from the root. */
export function runJob(main: string, environment: NodeJS.ProcessEnv, ...flags: string[]): Promise<JobRun> {
  const file = fileURLToPath(new URL(`../../${main}`, import.meta.url));
  return new Promise((resolve) => {
    const job = spawn(process.execPath, [file, ...flags], { env: { ...process.env, ...environment } });
    let output = '';
    for (const stream of [job.stdout, job.stderr]) stream.on('data', (chunk) => (output += chunk));
    job.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
