import { setTimeout as sleep } from 'node:timers/promises';
import { watchInterrupts } from '../shop/interrupts.ts';
import { createStack, type Stack, type StackOptions } from './stack.ts';
import { type Check, checkLine } from './verdict.ts';

export type DrillRun = { stack: Stack; signal: AbortSignal; judge: (checks: readonly Check[]) => boolean };

/** Gives a drill a stack of its own, takes it away however the drill ends, and sums up. Resolves to the exit code. */
export async function runDrill(
  options: Omit<StackOptions, 'signal'> & { keep: boolean },
  drill: (run: DrillRun) => Promise<void>,
): Promise<number> {
  const interruption = new AbortController();
  const { signal } = interruption;
  watchInterrupts({ onStop: () => interruption.abort(), onForce: () => process.exit(1) });
  const stack = await createStack({ ...options, signal });
  let [passed, failed] = [0, 0];
  try {
    await drill({ stack, signal, judge });
  } catch (error) {
    failed += 1;
    console.error(signal.aborted ? 'Interrupted.' : `FAILED  ${error instanceof Error ? error.message : error}`);
  } finally {
    if (options.keep)
      console.log(`Left running: docker compose --project-name ${options.project} down --volumes ends it.`);
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
  await stack.down();
  await sleep(1000);
  await stack.down();
}
