import type { Cause } from './cause.ts';
import { exitCauses } from './exit-causes.ts';
import { startCauses } from './start-causes.ts';
import { stopCauses } from './stop-causes.ts';
import { mainContainer, reasonsOf, type StoppedTask } from './stopped-task.ts';

/** In the order in which they are tried: what ECS says in words before the mere exit code. */
export const causes: readonly Cause[] = [...startCauses, ...stopCauses, ...exitCauses];

/** For what nobody has seen yet. */
export const unknownCause: Cause = {
  id: 'unknown',
  because: 'This reason is not known here.',
  fix: 'Look it up in the developer guide of ECS under "stopped task error codes", and add it to tools/infra-why.',
};

export function classify(task: StoppedTask): Cause {
  return causes.find((cause) => applies(cause, task)) ?? unknownCause;
}

function applies({ stopCode, reason, container, exitCode }: Cause, task: StoppedTask): boolean {
  const main = mainContainer(task);
  return (
    (stopCode === undefined || stopCode.test(task.stopCode)) &&
    (reason === undefined || reasonsOf(task).some((text) => reason.test(text))) &&
    (container === undefined || main?.name === container) &&
    (exitCode === undefined || main?.exitCode === exitCode)
  );
}
