import type { Doomed } from './destroy-plan.ts';
import type { StackResource } from './empty.ts';
import { askAws, type Question, Refused } from './signed-request.ts';
import type { Target } from './target.ts';

type Protectable = {
  question: (id: string) => Question;
  isProtected: (answer: string) => boolean;
  lift: (id: string) => string;
};

/** Each type of resource that may refuse to be deleted, and the command after which it lets go. */
const protectable: { [type: string]: Protectable } = {
  'AWS::DynamoDB::Table': {
    question: (TableName) => ({
      service: 'dynamodb',
      target: 'DynamoDB_20120810.DescribeTable',
      json: '1.0',
      body: { TableName },
    }),
    isProtected: (answer) => JSON.parse(answer).Table?.DeletionProtectionEnabled === true,
    lift: (id) => `aws dynamodb update-table --no-deletion-protection-enabled --table-name ${id}`,
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    question: (LoadBalancerArn) => ({
      service: 'elasticloadbalancing',
      query: { Action: 'DescribeLoadBalancerAttributes', Version: '2015-12-01', LoadBalancerArn },
    }),
    isProtected: (answer) =>
      answer
        .split('<member>')
        .some(
          (each) => each.includes('<Key>deletion_protection.enabled</Key>') && each.includes('<Value>true</Value>'),
        ),
    lift: (id) =>
      `aws elbv2 modify-load-balancer-attributes --attributes Key=deletion_protection.enabled,Value=false --load-balancer-arn ${id}`,
  },
  'AWS::Cognito::UserPool': {
    question: (UserPoolId) => ({
      service: 'cognito-idp',
      target: 'AWSCognitoIdentityProviderService.DescribeUserPool',
      json: '1.1',
      body: { UserPoolId },
    }),
    isProtected: (answer) => JSON.parse(answer).UserPool?.DeletionProtection === 'ACTIVE',
    lift: (id) => `aws cognito-idp update-user-pool --deletion-protection INACTIVE --user-pool-id ${id}`,
  },
};

/**
 * What keeps stacks from being deleted, as it is now and not as their templates had it: the commands that lift it. Rejects when it
 * cannot be read, for then one would learn of it half way.
 */
export async function protectionsOf(target: Pick<Target, 'sts'>, plan: readonly Doomed[]): Promise<string[]> {
  const lifts: string[] = [];
  for (const { stack, resources, isTerminationProtected } of plan) {
    if (isTerminationProtected)
      lifts.push(
        `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stack}`,
      );
    for (const resource of resources) lifts.push(...(await liftOf(target, resource)));
  }
  return lifts;
}

async function liftOf(target: Pick<Target, 'sts'>, { type, id }: StackResource): Promise<string[]> {
  const kind = protectable[type];
  if (!kind) return [];
  try {
    return kind.isProtected(await askAws(target, kind.question(id))) ? [kind.lift(id)] : [];
  } catch (error) {
    // Somebody deleted it by hand: nothing protects it any more.
    if (error instanceof Refused && /NotFound/.test(error.code)) return [];
    const reason = error instanceof Error ? error.message : error;
    throw new Error(`Whether ${id} is protected cannot be read, so nothing was deleted: ${reason}`);
  }
}
