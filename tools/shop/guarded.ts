import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export type Guard = {
  /** Has the group of this leader stopped if this process ends without having released it. */
  watch(leader: number): void;
  release(): void;
  process: ChildProcess;
};

/** A process that cleans up behind this one, should it be killed hard: its standard input tells it of our end. */
export function startGuard(): Guard {
  const guard = spawn(process.execPath, [join(import.meta.dirname, 'guard.ts')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  // A guard that was killed itself is no reason to fail.
  guard.stdin.on('error', () => {});
  return {
    watch: (leader) => guard.stdin.write(`${leader}\n`),
    release: () => void guard.stdin.end('done\n'),
    process: guard,
  };
}
