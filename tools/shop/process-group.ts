import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Ends a process group by its leader's id: asks the leader, which passes the wish on to what it started, and after the
 * deadline kills whoever is left of the group.
 */
export async function stopGroup(leader: number, deadlineMs: number): Promise<void> {
  send(leader, 'SIGTERM');
  const deadlineAt = Date.now() + deadlineMs;
  while (isAlive(leader) && Date.now() < deadlineAt) await sleep(20);
  killGroup(leader);
}

/** Kills a whole group at once; one that is gone already is left alone. */
export function killGroup(leader: number): void {
  send(-leader, 'SIGKILL');
}

function isAlive(leader: number): boolean {
  return send(leader, 0);
}

function send(id: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(id, signal);
  } catch {
    return false;
  }
}
