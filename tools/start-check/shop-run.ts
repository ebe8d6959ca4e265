import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProcesses } from './find-processes.ts';

export type ShopRun = ReturnType<typeof startRun>;

const OPEN_DEADLINE_MS = 90_000;
const GONE_DEADLINE_MS = 60_000;

/** Runs `npm start` in a process group of its own, as a terminal does. */
export function startRun(dataFolder: string) {
  const marker = `START_CHECK=${randomUUID()}`;
  const npm = spawn('npm', ['start', '--', '--data', dataFolder], {
    detached: true,
    env: { ...process.env, START_CHECK: marker.split('=')[1] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(npm, 'exit') as Promise<[number | null]>;
  const errors = text(npm.stderr);
  let output = '';
  npm.stdout.on('data', (chunk) => {
    output += chunk;
  });

  /** Polls, because it waits for processes that are not its own. */
  async function until(what: string, deadlineMs: number, isSo: () => boolean): Promise<void> {
    const deadlineAt = Date.now() + deadlineMs;
    while (!isSo()) {
      if (Date.now() > deadlineAt || (npm.exitCode !== null && what === 'open')) {
        throw new Error(`The shop is not ${what}. Its last words:\n${output.slice(-4000)}`);
      }
      await sleep(50);
    }
  }

  return {
    async untilOpen() {
      await until('open', OPEN_DEADLINE_MS, () => output.includes('Ctrl-C stops everything'));
      const lines = output.split('\n');
      return {
        seconds: /^The shop is open, after (\S+) s/m.exec(output)?.[1],
        curlLines: lines.filter((line) => line.startsWith('TOKEN=') || line.startsWith('curl ')),
      };
    },
    async untilEnd() {
      const [code] = await ended;
      return { code, errors: await errors };
    },
    /** Reaches npm, the launcher and the runner alike, as from a terminal. Resolves to the exit code of npm. */
    async pressCtrlC(): Promise<number | null> {
      if (npm.pid) process.kill(-npm.pid, 'SIGINT');
      return (await ended)[0];
    },
    /** Ends the runner without warning, and waits until all that it started is gone. */
    async killRunner(): Promise<void> {
      const runner = findProcesses(marker).find(
        ({ command }) => command.includes('tools/shop/main.ts') && !command.includes('run.mjs'),
      );
      if (!runner) throw new Error('The runner was not found.');
      process.kill(runner.pid, 'SIGKILL');
      await until('gone', GONE_DEADLINE_MS, () => findProcesses(marker).length === 0);
    },
    processesLeft: () => findProcesses(marker).map(({ command }) => command),
  };
}
