import type { Right } from './rights-of-call.ts';
import type { TaskRole } from './task-roles.ts';

/** Rights that a task's role needs for something that is not our code, and that no test can therefore record. */
export type UnrecordedRights = {
  because: string;
  appliesTo: (role: Pick<TaskRole, 'containers' | 'allowsExec'>) => boolean;
  rights: Right[];
};

const on = (resource: string, ...actions: string[]) => actions.map((action): Right => ({ action, resource }));
const writeLogs = ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'];

/** Each is held to be granted exactly where it applies, so that a line which has become stale fails. */
export const unrecordedRights: readonly UnrecordedRights[] = [
  {
    because:
      'with Tracing, the collector beside the service sends its traces to X-Ray and its crash reports to its logs',
    appliesTo: ({ containers }) => containers.some(({ name }) => name === 'collector'),
    rights: [...on('*', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords'), ...on('LogGroup', ...writeLogs)],
  },
  {
    because: 'with EnableExecuteCommand, the agent of ECS Exec opens its channels and keeps what is typed in them',
    appliesTo: ({ allowsExec }) => allowsExec,
    rights: [
      ...on(
        '*',
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
        'logs:DescribeLogGroups',
      ),
      ...on('ExecLogGroup', ...writeLogs),
    ],
  },
];
