// Outlives a runner that is killed hard. It is told each process group on its standard input; when that ends without
// "done", nobody is left to stop them, and it does.
import { createInterface } from 'node:readline';
import { stopGroup } from './process-group.ts';

const GROUP_DEADLINE_MS = 10_000;

async function main(): Promise<void> {
  const groups: number[] = [];
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'done') return;
    groups.push(Number(line));
  }
  for (const leader of groups.reverse()) await stopGroup(leader, GROUP_DEADLINE_MS);
}

await main();
