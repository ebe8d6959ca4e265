import { askMoto, type MotoRequest } from './moto.fixture.ts';

type Question = MotoRequest & { find: (answer: string) => string[] };

const count = (what: string, pattern: RegExp) => (answer: string) => [`${what} ${answer.match(pattern)?.length ?? 0}`];
const each = (what: string, pattern: RegExp) => (answer: string) =>
  [...answer.matchAll(pattern)].map(([, name]) => `${what} ${name}`);

/** One question for each kind of thing that the shop makes in moto, put to the service itself and not to CloudFormation. */
const questions: Question[] = [
  {
    service: 'ecs',
    target: 'AmazonEC2ContainerServiceV20141113.DescribeClusters',
    body: '{"clusters":["fargate-shop-workshop"]}',
    // A cluster that was deleted can still be described, as inactive.
    find: (answer) => (/"status": ?"ACTIVE"/.test(answer) ? ['cluster fargate-shop-workshop'] : []),
  },
  {
    service: 'ecr',
    target: 'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories',
    find: each('repository', /"repositoryName": ?"([^"]+)"/g),
  },
  { service: 'dynamodb', target: 'DynamoDB_20120810.ListTables', find: count('tables', /fargate-shop-/g) },
  { service: 'logs', target: 'Logs_20140328.DescribeLogGroups', find: count('log groups', /"logGroupName"/g) },
  { service: 'events', target: 'AWSEvents.ListRules', find: count('rules', /"Name"/g) },
  { service: 'ec2', action: 'DescribeVpcs', version: '2016-11-15', find: count('VPCs', /<cidrBlock>/g) },
  { service: 'ec2', action: 'DescribeSubnets', version: '2016-11-15', find: count('subnets', /<subnetId>/g) },
  {
    service: 'ec2',
    action: 'DescribeSecurityGroups',
    version: '2016-11-15',
    find: count('security groups', /<groupName>/g),
  },
  {
    service: 'elasticloadbalancing',
    action: 'DescribeLoadBalancers',
    version: '2015-12-01',
    find: count('balancers', /<LoadBalancerArn>/g),
  },
  {
    service: 'elasticloadbalancing',
    action: 'DescribeTargetGroups',
    version: '2015-12-01',
    find: count('target groups', /<TargetGroupArn>/g),
  },
  { service: 'iam', action: 'ListRoles', version: '2010-05-08', find: count('roles', /<RoleName>fargate-shop/g) },
  { service: 'sns', action: 'ListTopics', version: '2010-03-31', find: count('topics', /<TopicArn>/g) },
  { service: 'sqs', target: 'AmazonSQS.ListQueues', find: count('queues', /https?:\/\//g) },
  {
    service: 'monitoring',
    action: 'ListDashboards',
    version: '2010-08-01',
    find: count('dashboards', /<DashboardName>/g),
  },
];

/** What is in the emulated account, a line for each finding. */
export async function whatIsThere(endpoint: string): Promise<string[]> {
  const found = await activeTaskDefinitions(endpoint);
  for (const question of questions) found.push(...question.find(await askMoto(endpoint, question)));
  return found;
}

/** Older versions of moto list inactive ones, too. */
async function activeTaskDefinitions(endpoint: string): Promise<string[]> {
  const api = 'AmazonEC2ContainerServiceV20141113';
  const list = await askMoto(endpoint, { service: 'ecs', target: `${api}.ListTaskDefinitions` });
  const active: string[] = [];
  for (const taskDefinition of JSON.parse(list).taskDefinitionArns as string[]) {
    const body = JSON.stringify({ taskDefinition });
    const answer = await askMoto(endpoint, { service: 'ecs', target: `${api}.DescribeTaskDefinition`, body });
    if (JSON.parse(answer).taskDefinition.status === 'ACTIVE') active.push(taskDefinition);
  }
  return active;
}
