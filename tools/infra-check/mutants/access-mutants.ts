import type { Mutant } from './mutant.ts';

const file = 'service-access.yaml';
const repositories = 'arn:aws:ecr:us-east-1:123456789012:repository';
const execution = 'Resources.ExecutionPolicy.Properties.PolicyDocument.Statement';

export const accessMutants: Mutant[] = [
  {
    mistake: 'the execution role may not pull its image',
    rule: 'I-1',
    file,
    path: `${execution}.1`,
    change: 'remove',
  },
  {
    mistake: 'the execution role gets no token for the registry',
    rule: 'I-1',
    file,
    path: `${execution}.0`,
    change: 'remove',
  },
  {
    mistake: 'the execution role may not write logs',
    rule: 'I-1',
    file,
    path: `${execution}.2.Action`,
    change: { to: 'logs:CreateLogGroup' },
  },
  {
    mistake: 'the execution role pulls images of others',
    rule: 'I-1',
    file,
    path: `${execution}.1.Resource`,
    change: { to: [{ 'Fn::Sub': `${repositories}/\${ProjectName}/\${ServiceName}` }, `${repositories}/other`] },
  },
  {
    mistake: 'the execution role is for EC2 instances',
    rule: 'I-1',
    file,
    path: 'Resources.ExecutionRole.Properties.AssumeRolePolicyDocument.Statement.0.Principal.Service',
    change: { to: 'ec2.amazonaws.com' },
  },
  {
    mistake: 'a task definition without an execution role',
    rule: 'I-1',
    file: 'service.yaml',
    path: 'Resources.TaskDefinition.Properties.ExecutionRoleArn',
    change: 'remove',
  },
  {
    mistake: 'payment may not read the secret that it is told of',
    rule: 'I-2',
    file,
    path: 'Resources.PaymentPolicy.Properties.PolicyDocument.Statement.1',
    change: 'remove',
  },
  {
    mistake: 'order may not use its table',
    rule: 'I-2',
    file,
    path: 'Resources.OrderPolicy.Properties.Roles.0',
    change: { to: { Ref: 'ExecutionRole' } },
  },
  {
    mistake: 'the catalog may do everything with its table',
    rule: 'I-2',
    file,
    path: 'Resources.CatalogPolicy.Properties.PolicyDocument.Statement.0.Action',
    change: { to: 'dynamodb:*' },
  },
  {
    mistake: 'payment may use every table',
    rule: 'I-2',
    file,
    path: 'Resources.PaymentPolicy.Properties.PolicyDocument.Statement.0.Resource',
    change: { to: '*' },
  },
  {
    mistake: 'one role for ECS and for the code',
    rule: 'I-3',
    file: 'service.yaml',
    path: 'Resources.TaskDefinition.Properties.TaskRoleArn',
    change: { to: { Ref: 'ExecutionRoleArn' } },
  },
  {
    mistake: 'the scheduler may pass roles to any service',
    rule: 'I-3',
    file: 'jobs.yaml',
    path: 'Resources.SchedulerPolicy.Properties.PolicyDocument.Statement.1.Condition',
    change: 'remove',
  },
];
