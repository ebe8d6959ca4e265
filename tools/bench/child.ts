import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A file of this folder, run as a process that answers each message with one. */
export type Child = {
  ask<Answer>(question?: object): Promise<Answer>;
  /** Where the child says that it listens: its first message. */
  origin(): Promise<string>;
  stop(): Promise<void>;
};

/** Logs are read from a pipe, by us, or go to /dev/null. */
export type Logs = 'pipe' | 'null';

export function startChild(file: string, environment: Record<string, string> = {}, logs: Logs = 'null'): Child {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', logs === 'pipe' ? 'pipe' : 'ignore', 'inherit', 'ipc'],
  });
  child.stdout?.resume();
  return {
    async ask<Answer>(question: object = {}): Promise<Answer> {
      const answer = nextMessage<Answer>(child);
      child.send(question);
      return answer;
    },
    async stop(): Promise<void> {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
    origin: async () => (await nextMessage<{ origin: string }>(child)).origin,
  };
}

/** A child that dies answers nothing: that must end the run rather than hang it. */
async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const gone = new AbortController();
  const exit = once(child, 'exit', { signal: gone.signal }).then(() => {
    throw new Error('A process of the benchmark has died');
  });
  const message = once(child, 'message', { signal: gone.signal });
  try {
    const [first] = await Promise.race([message, exit]);
    return first as Message;
  } finally {
    gone.abort();
    await Promise.allSettled([exit, message]);
  }
}
