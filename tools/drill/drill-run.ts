import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createStack, type Stack } from '../compose/stack.ts';
import { whyNoDocker } from '../containers/docker.ts';
import { watchInterrupts } from '../shop/interrupts.ts';
import { createTasks, type Tasks } from './tasks.ts';
import { type Check, checkLine } from './verdict.ts';

const root = join(import.meta.dirname, '../..');
const { COMPOSE_PROJECT_NAME: project = 'fargate-shop-drill', SHOP_VERSION: version = 'drill' } = process.env;

export type DrillRun = {
  stack: Stack;
  tasks: Tasks;
  signal: AbortSignal;
  judge: (checks: readonly Check[]) => boolean;
};

/** Gives a drill a stack of its own, takes it away however the drill ends, and sums up. Resolves to the exit code. */
export async function runDrill({ keep }: { keep: boolean }, drill: (run: DrillRun) => Promise<void>): Promise<number> {
  const missing = await whyNoDocker();
  if (missing) throw new Error(missing);
  const interruption = new AbortController();
  const { signal } = interruption;
  watchInterrupts({ onStop: () => interruption.abort(), onForce: () => process.exit(1) });
  const stack = await createStack({ root, project, settings: { SHOP_VERSION: version }, signal });
  let [passed, failed] = [0, 0];
  try {
    await drill({ stack, tasks: createTasks(stack, signal), signal, judge });
  } catch (error) {
    failed += 1;
    console.error(signal.aborted ? 'Interrupted.' : `FAILED  ${error instanceof Error ? error.message : error}`);
  } finally {
    if (keep) console.log(`Left running: docker compose --project-name ${project} down --volumes ends it.`);
    else await takeAway(stack);
  }
  console.log(`tests: ${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;

  function judge(checks: readonly Check[]): boolean {
    for (const check of checks) console.log(checkLine(check));
    const bad = checks.filter((check) => !check.passed).length;
    failed += bad;
    passed += checks.length - bad;
    return bad === 0;
  }
}

/** What an interrupted command was about to start may appear just after the first look. */
async function takeAway(stack: Stack): Promise<void> {
  await stack.down('--timeout=1');
  await sleep(1000);
  await stack.down('--timeout=1');
}
