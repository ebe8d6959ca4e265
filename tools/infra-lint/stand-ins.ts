import { createHash } from 'node:crypto';
import type { Shop } from '../infra-check/resolve/stack.ts';
import { tokensIn } from '../infra-check/resolve/tokens.ts';

const ACCOUNT = 'us-east-1:123456789012';
const UUID = '01234567-89ab-cdef-0123-456789abcdef';

/** What AWS would give out, by type and attribute: checkers know that a subnet's id is not a security group's. */
const standIns: { [kind: string]: (name: string) => string } = {
  'AWS::Cognito::UserPool': () => 'us-east-1_0123456Ab',
  'AWS::Cognito::UserPoolClient': () => '0123456789abcdefghijklmnop',
  'AWS::DynamoDB::Table.Arn': (name) => `arn:aws:dynamodb:${ACCOUNT}:table/${name}`,
  'AWS::EC2::SecurityGroup': (name) => `sg-${hexOf(name)}`,
  'AWS::EC2::SecurityGroup.GroupId': (name) => `sg-${hexOf(name)}`,
  'AWS::EC2::Subnet': (name) => `subnet-${hexOf(name)}`,
  'AWS::EC2::VPC': (name) => `vpc-${hexOf(name)}`,
  'AWS::ECR::Repository.Arn': (name) => `arn:aws:ecr:${ACCOUNT}:repository/${name.toLowerCase()}`,
  'AWS::ECR::Repository.RepositoryUri': (name) => `123456789012.dkr.ecr.us-east-1.amazonaws.com/${name.toLowerCase()}`,
  'AWS::ECS::Cluster.Arn': (name) => `arn:aws:ecs:${ACCOUNT}:cluster/${name}`,
  'AWS::ElasticLoadBalancingV2::Listener': () =>
    `arn:aws:elasticloadbalancing:${ACCOUNT}:listener/app/shop/0123456789abcdef/0123456789abcdef`,
  'AWS::ElasticLoadBalancingV2::ListenerRule': () =>
    `arn:aws:elasticloadbalancing:${ACCOUNT}:listener-rule/app/shop/0123456789abcdef/0123456789abcdef/0123456789abcdef`,
  'AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerFullName': () => 'app/shop/0123456789abcdef',
  'AWS::ElasticLoadBalancingV2::TargetGroup': () =>
    `arn:aws:elasticloadbalancing:${ACCOUNT}:targetgroup/shop/0123456789abcdef`,
  'AWS::ElasticLoadBalancingV2::TargetGroup.TargetGroupFullName': () => 'targetgroup/shop/0123456789abcdef',
  'AWS::IAM::ManagedPolicy': (name) => `arn:aws:iam::123456789012:policy/${name}`,
  'AWS::IAM::Role.Arn': (name) => `arn:aws:iam::123456789012:role/${name}`,
  'AWS::KMS::Key.Arn': () => `arn:aws:kms:${ACCOUNT}:key/${UUID}`,
  'AWS::Logs::LogGroup.Arn': (name) => `arn:aws:logs:${ACCOUNT}:log-group:${name}:*`,
  'AWS::SNS::Topic': (name) => `arn:aws:sns:${ACCOUNT}:${name}`,
  'AWS::SecretsManager::Secret': (name) => `arn:aws:secretsmanager:${ACCOUNT}:secret:${name}-AbCdEf`,
  'AWS::ServiceDiscovery::PrivateDnsNamespace.Arn': () =>
    `arn:aws:servicediscovery:${ACCOUNT}:namespace/ns-0123456789abcdef`,
  'AWS::ServiceDiscovery::PrivateDnsNamespace.Id': () => 'ns-0123456789abcdef',
  'AWS::ServiceDiscovery::Service.Arn': () => `arn:aws:servicediscovery:${ACCOUNT}:service/srv-0123456789abcdef`,
};

/** For each token of another stack something of the form that AWS would give out; otherwise its logical id. */
export function standInsFor(shop: Shop): (token: string) => string {
  const types = new Map(shop.stacks.flatMap(({ resources }) => resources.map(({ key, type }) => [key, type])));
  return (text) => {
    const [token] = tokensIn(text);
    if (!token) return text;
    const type = types.get(`${token.stack}/${token.id}`);
    const kind = token.attribute === undefined ? type : `${type}.${token.attribute}`;
    return standIns[kind ?? '']?.(token.id) ?? token.id;
  };
}

/** Different for different resources: a balancer in one subnet twice would be wrong. */
function hexOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 17);
}
