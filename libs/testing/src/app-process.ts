import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

/** One answer about being ready; the next try may fare better. */
const ASK_MS = 2000;

export type AppProcess = Awaited<ReturnType<typeof appProcess>>;

/** An app, by its `main.ts`, as a real process on a port that stays its own over restarts. Nothing runs until `start`. */
export async function appProcess(main: URL, environment: NodeJS.ProcessEnv) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const own = { HOST: '127.0.0.1', PORT: String(port), SHUTDOWN_DELAY_MS: '0' };
  let child: ChildProcess | undefined;
  let output = '';

  return {
    url,
    /** All that it has ever written. */
    output: () => output,
    /** Resolves when it is ready. `changes` are added to its environment. */
    async start(changes: NodeJS.ProcessEnv = {}): Promise<void> {
      const env = { ...process.env, ...own, ...environment, ...changes };
      const started = spawn(process.execPath, [fileURLToPath(main)], { env });
      for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (output += chunk));
      child = started;
      const isReady = async () => {
        if (started.exitCode !== null) throw new Error(`${main} ended: ${output}`);
        return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ASK_MS) }).catch(() => undefined))?.ok;
      };
      await until(`${main} is ready`, isReady, { timeoutMs: 25_000 });
    },
    /** Resolves when it is gone, to how it ended; does nothing when it has ended already. */
    async stop(signal: NodeJS.Signals = 'SIGKILL') {
      if (child && child.exitCode === null && child.signalCode === null) {
        const closed = once(child, 'close');
        child.kill(signal);
        await closed;
      }
      return { code: child?.exitCode, signal: child?.signalCode };
    },
  };
}
