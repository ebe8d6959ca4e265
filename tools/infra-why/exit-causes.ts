import type { Cause } from './cause.ts';

const stopCode = /EssentialContainerExited/;
const reconcile = { stopCode, container: 'reconcile' };

/** The task ran, and ended by itself. */
export const exitCauses: Cause[] = [
  {
    id: 'reconcile-agrees',
    ...reconcile,
    isExpected: true,
    exitCode: 0,
    because: 'Reconcile ended: money, stock and orders agree.',
    fix: 'Nothing to do.',
  },
  {
    id: 'reconcile-differs',
    ...reconcile,
    exitCode: 1,
    because: 'Reconcile found differences between money, stock and orders.',
    fix: 'Its report is the last line of the log group of jobs-access.yaml. Read it, then run the task again with --repair to refund surplus charges.',
  },
  {
    id: 'reconcile-undecided',
    ...reconcile,
    exitCode: 2,
    because: 'Reconcile could not decide on everything, because orders were still under way.',
    fix: 'Run it again in a quiet hour: `ReconcileSchedule`. If it stays undecided, order cannot settle them: look at its log.',
  },
  {
    id: 'reconcile-failed',
    ...reconcile,
    exitCode: 3,
    because: 'Reconcile could not finish: a table, the gateway or its configuration was not to be had.',
    fix: 'Its last line in the log group of jobs-access.yaml says which; ReconcileRole there grants the tables.',
  },
  {
    id: 'setup-done',
    stopCode,
    isExpected: true,
    container: 'setup',
    exitCode: 0,
    because: 'Setup has filled the shop.',
    fix: 'Nothing to do.',
  },
  {
    id: 'ended-without-reason',
    stopCode,
    exitCode: 0,
    because: 'The container ended by itself without an error, which a service never should.',
    fix: 'Check that the image has its own command, and that `ImageUri` is the service and not a job.',
  },
  {
    id: 'startup-failed',
    stopCode,
    exitCode: 1,
    because:
      'The program ended with an error. A service does so for faults in its environment, and names all of them in one line.',
    fix: 'Read the last lines of the log group (`LogGroupName`): an "exec format error" is an image for another processor than ARM64. npm run infra:check finds environment that the code refuses.',
  },
  {
    id: 'command-not-found',
    stopCode,
    exitCode: 127,
    because: 'The command of the container does not exist in its image.',
    fix: 'The images bring their command: no Command or EntryPoint in the task definition, except for /app/main.cjs with arguments.',
  },
  {
    id: 'heap-exhausted',
    stopCode,
    exitCode: 134,
    because: 'Node gave up (SIGABRT), nearly always because its heap was full.',
    fix: 'The next size of `TaskMemory`. With `Tracing` collector, the crash report is in the log stream crash-reports.',
  },
  {
    id: 'killed',
    stopCode,
    exitCode: 137,
    because:
      'The container was killed (SIGKILL) without ECS saying that its memory was full; it mostly was all the same.',
    fix: 'Compare the memory alarm of that time. If it was near 100 %: the next size of `TaskMemory`.',
  },
  {
    id: 'crashed',
    stopCode,
    exitCode: 139,
    because:
      'The program crashed (SIGSEGV), which JavaScript alone cannot do: the image, Node or the processor does not fit.',
    fix: 'Build the image for linux/arm64 and deploy it under a new tag; if it stays, the Node version of docker/Dockerfile before it.',
  },
  {
    id: 'terminated-by-itself',
    stopCode,
    exitCode: 143,
    because:
      'SIGTERM ended the program at once: it had not come so far as to stop gracefully, or a shell stood between.',
    fix: 'If the task had just started, nothing. Otherwise the image has to start node itself, as docker/Dockerfile does.',
  },
  {
    id: 'essential-exited',
    stopCode,
    because: 'An essential container ended by itself.',
    fix: 'Read the last lines of the log group (`LogGroupName`) of that container.',
  },
];
