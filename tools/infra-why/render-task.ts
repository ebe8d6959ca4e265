import { classify } from './classify.ts';
import { nextCommand } from './next-command.ts';
import type { StoppedContainer, StoppedTask } from './stopped-task.ts';

/** What became of a task, in a few lines. */
export function renderTask(task: StoppedTask): string {
  const cause = classify(task);
  const { id, isExpected, because, fix } = cause;
  const evidence = [
    `${task.stopCode || 'no stop code'}: ${task.stoppedReason || 'no reason given'}`,
    ...task.containers.map(containerLine),
  ];
  return [
    `${task.stoppedAt || 'unknown time'}  ${task.group}  ${task.taskArn.replace(/^.*\//, '')}`,
    `  ${isExpected ? 'expected' : 'CAUSE'}  ${id}: ${because}`,
    ...evidence.map((line) => `  seen    ${line}`),
    `  fix     ${fix}`,
    `  next    ${nextCommand(task, cause)}`,
  ].join('\n');
}

function containerLine({ name, exitCode, reason }: StoppedContainer): string {
  const end = exitCode === undefined ? 'never ran' : `exit code ${exitCode}`;
  return `${name}: ${end}${reason ? `, ${reason}` : ''}`;
}
