import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from '@shop/testing/until';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One answer about being ready; the next try may fare better. */
const ASK_MS = 2000;

export type LogLine = Record<string, unknown> & { msg?: string; trace_id?: string };
export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type ServiceProcess = ReturnType<typeof createServiceProcess>;

type Running = { child: ChildProcess; ready: Promise<void>; told?: NodeJS.Signals | undefined };

/** An app of the shop as a real process on a port of its own, which outlives its restarts. */
export function createServiceProcess(app: string, port: number, baseEnvironment: NodeJS.ProcessEnv) {
  const url = `http://127.0.0.1:${port}`;
  let output = '';
  let crashes = 0;
  let armed: { environment: NodeJS.ProcessEnv; preload?: string | undefined } = { environment: {} };
  let running: Running | undefined;

  // A test run that is broken off must not leave services behind.
  process.once('exit', () => running?.child.kill('SIGKILL'));

  function launch(): Running {
    const { environment, preload } = armed;
    const child = spawn(
      process.execPath,
      [...(preload ? ['--import', preload] : []), `${root}apps/${app}/src/main.ts`],
      {
        cwd: root,
        env: { ...process.env, ...baseEnvironment, ...environment, HOST: '127.0.0.1', PORT: String(port) },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const launched: Running = { child, ready: untilReady(child) };
    child.once('exit', (_code, signal) => {
      if (signal === 'SIGKILL' && launched.told !== 'SIGKILL') crashes += 1;
    });
    return launched;
  }

  function untilReady(child: ChildProcess): Promise<void> {
    const ask = async () => {
      if (child.exitCode !== null) throw new Error(`${app} exited with ${child.exitCode}:\n${output}`);
      if (child.signalCode !== null) return true;
      return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ASK_MS) }).catch(() => undefined))?.ok;
    };
    return until(`${app} is ready`, ask, { timeoutMs: 60_000 }).then(() => undefined);
  }

  return {
    url,
    /** What the next start adds to the environment and loads before the service. */
    arm(environment: NodeJS.ProcessEnv, preload?: string) {
      armed = { environment, preload };
    },
    /** Starts it, unless it runs, and waits until it is ready. */
    start(): Promise<void> {
      if (!running || hasEnded(running.child)) running = launch();
      return running.ready;
    },
    /** Sends the signal and waits until the process is gone. */
    async stop(signal: NodeJS.Signals): Promise<Exit> {
      if (!running) return { code: 0, signal: null };
      const { child } = running;
      if (!hasEnded(child)) {
        const exited = once(child, 'close');
        running.told = signal;
        child.kill(signal);
        // A process that a failed test left paused would never see another signal than SIGKILL.
        child.kill('SIGCONT');
        await exited;
      }
      return { code: child.exitCode, signal: child.signalCode };
    },
    /** How often the process was killed, but not by `stop`. */
    crashes: () => crashes,
    /** Holds the process up, as a machine that is out of breath would. */
    pause: () => running?.child.kill('SIGSTOP'),
    resume: () => running?.child.kill('SIGCONT'),
    /** Everything that the process has ever written. */
    output: () => output,
    logs: () => output.split('\n').flatMap(parseLine),
  };
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

function parseLine(line: string): LogLine[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
