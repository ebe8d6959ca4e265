import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { publicUrlOf } from '../shop/addresses.ts';
import { findProcesses } from './find-processes.ts';

export type ShopRun = ReturnType<typeof startRun>;

const OPEN_DEADLINE_MS = 90_000;
const GONE_DEADLINE_MS = 60_000;

/** Runs `npm start` in a process group of its own, as a terminal does. */
export function startRun(dataFolder: string) {
  const marker = `START_CHECK=${randomUUID()}`;
  const startedAt = performance.now();
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
  async function until(what: string, deadlineMs: number, isSo: () => boolean | Promise<boolean>): Promise<void> {
    const deadlineAt = Date.now() + deadlineMs;
    while (!(await isSo())) {
      if (Date.now() > deadlineAt || (npm.exitCode !== null && what === 'open')) {
        throw new Error(`The shop is not ${what}. Its last words:\n${output.slice(-4000)}`);
      }
      await sleep(50);
    }
  }

  return {
    /** `seconds`: what a user waits, from the command until the address answers, npm's own start included. */
    async untilOpen() {
      await until('open', OPEN_DEADLINE_MS, isAnswering);
      const seconds = (performance.now() - startedAt) / 1000;
      await until('open', OPEN_DEADLINE_MS, () => output.includes('Ctrl-C stops everything'));
      const lines = output.split('\n');
      return {
        seconds: Number(seconds.toFixed(1)),
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
    /** Ends one of its processes without warning: the one whose command line matches. */
    kill(pattern: RegExp): void {
      const found = findProcesses(marker).find(({ command }) => pattern.test(command));
      if (!found) throw new Error(`No process matches ${pattern}.`);
      process.kill(found.pid, 'SIGKILL');
    },
    untilGone: () => until('gone', GONE_DEADLINE_MS, () => findProcesses(marker).length === 0),
    processesLeft: () => findProcesses(marker).map(({ command }) => command),
    /** After a check that failed half-way nothing may run on and spoil the next one. */
    async [Symbol.asyncDispose]() {
      for (const { pid } of findProcesses(marker)) process.kill(pid, 'SIGKILL');
      await ended;
    },
  };
}

/** Whether a request goes all the way: the front door alone would answer that it finds no service. */
async function isAnswering(): Promise<boolean> {
  const url = `${publicUrlOf('front-door')}/v1/products/categories`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok === true;
}
