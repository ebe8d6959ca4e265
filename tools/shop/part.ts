import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { killGroup, stopGroup } from './process-group.ts';
import { readWatchMessage } from './watch-message.ts';

export type PartOptions = {
  name: string;
  /** The file to run, from the root. */
  entry: string;
  /** Restarts the process when a file that it imports changes. */
  watch?: boolean;
  root: string;
  environment: NodeJS.ProcessEnv;
  /** Whether it can be used now. */
  isReady: () => Promise<boolean>;
  /** Each line that it writes. */
  onLine: (line: string) => void;
  /** A sentence for the user about what goes on. */
  onNews: (sentence: string) => void;
  /** It ended although nobody asked it to; the sentence says how. */
  onDeath: (sentence: string) => void;
};

export type Part = {
  name: string;
  /** Id of the process that leads the part's group. */
  leader: number;
  /** Resolves to false when it was told to stop before it was ready. */
  untilReady(): Promise<boolean>;
  stop(deadlineMs: number): Promise<void>;
  kill(): void;
};

const POLL_MS = 100;

/** The process that an edit ends may answer for a while, and must not be taken for the new one. */
const OLD_PROCESS_MS = 5000;

/**
 * Starts one process of the shop in a process group of its own, so that a terminal's Ctrl-C does not reach it before its
 * turn. A watched process that breaks after an edit waits for the next edit; one that dies otherwise is reported.
 */
export function startPart(options: PartOptions): Part {
  const { name, isReady, onLine, onNews, onDeath } = options;
  let state: 'starting' | 'ready' | 'restarting' | 'stopping' = 'starting';
  const child = launch(options);
  const leader = child.pid ?? 0;
  const closed = once(child, 'close');
  child.once('exit', () => killGroup(leader));
  child.once('close', (code, signal) => report(signal ? `was ended by ${signal}` : `ended with exit code ${code}`));
  createInterface({ input: child.stdout }).on('line', readLine);
  createInterface({ input: child.stderr }).on('line', onLine);

  function readLine(line: string): void {
    const message = options.watch ? readWatchMessage(line) : undefined;
    if (message === undefined) onLine(line);
    else if (message === 'restarting') void followRestart();
    else if (message === 'ended' && state !== 'restarting') setTimeout(report, POLL_MS, 'crashed');
    else if (message === 'ended') onNews(`${name} does not run with this edit; waiting for the next one.`);
  }

  function report(how: string): void {
    if (state === 'stopping') return;
    onDeath(`${name} ${how}${state === 'starting' ? ' while starting' : ''}: its last lines above say why.`);
  }

  async function followRestart(): Promise<void> {
    if (state !== 'ready') return;
    state = 'restarting';
    const deadlineAt = Date.now() + OLD_PROCESS_MS;
    while (Date.now() < deadlineAt && (await isReady())) await sleep(POLL_MS);
    if (await untilReady()) onNews(`${name} runs the edited code.`);
  }

  async function untilReady(): Promise<boolean> {
    while (state !== 'stopping' && !(await isReady())) await sleep(POLL_MS);
    if (state === 'stopping') return false;
    state = 'ready';
    return true;
  }

  return {
    name,
    leader,
    untilReady,
    async stop(deadlineMs) {
      state = 'stopping';
      await stopGroup(leader, deadlineMs);
      await closed;
    },
    kill() {
      state = 'stopping';
      killGroup(leader);
    },
  };
}

function launch({ entry, watch = false, root, environment }: PartOptions) {
  const flags = watch ? ['--watch', '--watch-preserve-output'] : [];
  return spawn(process.execPath, [...flags, entry], {
    cwd: root,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
