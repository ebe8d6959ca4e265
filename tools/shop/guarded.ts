import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export type Guard = {
  /** Has the group of this leader stopped if this process ends without having released it. */
  watch(leader: number): void;
  /** Resolves when the guard is gone. */
  release(): Promise<void>;
};

/** A process that cleans up behind this one, should it be killed hard: its standard input tells it of our end. */
export function startGuard(): Guard {
  const guard = spawn(process.execPath, [join(import.meta.dirname, 'guard.ts')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = once(guard, 'exit');
  guard.unref();
  // A guard that was killed itself is no reason to fail.
  guard.stdin.on('error', () => {});
  return {
    watch: (leader) => guard.stdin.write(`${leader}\n`),
    async release() {
      guard.ref();
      guard.stdin.end('done\n');
      await ended;
    },
  };
}
