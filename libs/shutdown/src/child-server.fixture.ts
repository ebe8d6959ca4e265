import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

type Line = { msg: string; [field: string]: unknown };

/** Starts the server of server.fixture.ts in a process of its own, waits until it listens and follows its log. */
export async function startChildServer(settings: object) {
  const child = fork(new URL('./server.fixture.ts', import.meta.url), [JSON.stringify(settings)], {
    silent: true,
    execArgv: [],
  });
  const lines: Line[] = [];
  const reports: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const check of waiting) check();
  };
  // Not 'exit', which may come while the last lines of the log are still unread.
  const exit = once(child, 'close').then(([code]) => code as number | null);
  if (child.stdout) {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(JSON.parse(line));
      look();
    });
  }
  child.stderr?.pipe(process.stderr);
  child.on('message', (report: Record<string, unknown>) => {
    reports.push(report);
    look();
  });

  const { origin } = await until(() => reports.find((report) => 'origin' in report));
  return {
    origin: origin as string,
    exit,
    lines,
    signal: (name: NodeJS.Signals) => child.kill(name),
    release: () => child.send('release'),
    logged: (message: string) => until(() => lines.find(({ msg }) => msg.includes(message))),
    holds: (count: number) => until(() => reports.find(({ held }) => held === count)),
    stop: () => child.kill('SIGKILL'),
  };

  function until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const check = () => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  }
}
