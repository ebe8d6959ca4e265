import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { until } from './until.ts';

export type AppProcess = Awaited<ReturnType<typeof appProcess>>;

/** An app as a real process on a port that stays its own over restarts. Nothing runs until `start`. */
export async function appProcess(app: 'payment' | 'sandbox-gateway', environment: NodeJS.ProcessEnv) {
  const main = new URL(`../../${app}/src/main.ts`, import.meta.url).pathname;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let output = '';

  return {
    url,
    /** All that it has ever written. */
    output: () => output,
    async start(changes: NodeJS.ProcessEnv = {}) {
      const started = spawn(process.execPath, [main], {
        env: {
          ...process.env,
          HOST: '127.0.0.1',
          PORT: String(port),
          SHUTDOWN_DELAY_MS: '0',
          ...environment,
          ...changes,
        },
      });
      for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (output += chunk));
      child = started;
      await until(`${app} is ready`, async () => {
        if (started.exitCode !== null) throw new Error(`${app} ended: ${output}`);
        return (await fetch(`${url}/readyz`).catch(() => undefined))?.ok;
      });
    },
    async stop(signal: NodeJS.Signals = 'SIGKILL') {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'close');
      child.kill(signal);
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address ? address.port : 0;
}
