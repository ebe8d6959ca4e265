type Actions = { readonly [service: string]: readonly string[] };

const named = (actions: Actions): string[] =>
  Object.entries(actions).flatMap(([service, names]) => names.map((name) => `${service}:${name}`));

/** What CloudFormation may do on * by delivery-role.yaml, as AWS ties it to no resource, or to one without a name of ours. */
export const unnamedActions: readonly string[] = named({
  'application-autoscaling': [
    'RegisterScalableTarget',
    'DeregisterScalableTarget',
    'DescribeScalableTargets',
    'PutScalingPolicy',
    'DeleteScalingPolicy',
    'DescribeScalingPolicies',
    'PutScheduledAction',
    'DeleteScheduledAction',
    'DescribeScheduledActions',
    'ListTagsForResource',
    'TagResource',
    'UntagResource',
  ],
  cloudwatch: ['GetDashboard', 'PutDashboard', 'DeleteDashboards'],
  'cognito-idp': ['CreateUserPool', 'DescribeUserPoolDomain'],
  ec2: [
    'DescribeAccountAttributes',
    'DescribeAddresses',
    'DescribeAvailabilityZones',
    'DescribeFlowLogs',
    'DescribeInternetGateways',
    'DescribeManagedPrefixLists',
    'DescribeNatGateways',
    'DescribeNetworkAcls',
    'DescribeNetworkInterfaces',
    'DescribePrefixLists',
    'DescribeRouteTables',
    'DescribeSecurityGroupRules',
    'DescribeSecurityGroups',
    'DescribeSubnets',
    'DescribeTags',
    'DescribeVpcAttribute',
    'DescribeVpcEndpoints',
    'DescribeVpcs',
  ],
  ecs: ['DeregisterTaskDefinition', 'DescribeTaskDefinition'],
  elasticloadbalancing: [
    'DescribeListenerAttributes',
    'DescribeListeners',
    'DescribeLoadBalancerAttributes',
    'DescribeLoadBalancers',
    'DescribeRules',
    'DescribeTags',
    'DescribeTargetGroupAttributes',
    'DescribeTargetGroups',
    'DescribeTargetHealth',
  ],
  kms: ['CreateKey'],
  logs: ['DeleteResourcePolicy', 'DescribeResourcePolicies', 'PutResourcePolicy'],
  route53: [
    'CreateHostedZone',
    'DeleteHostedZone',
    'GetHostedZone',
    'ListHostedZonesByName',
    'ChangeResourceRecordSets',
  ],
  secretsmanager: ['GetRandomPassword'],
  servicediscovery: ['CreatePrivateDnsNamespace', 'GetOperation', 'ListNamespaces', 'ListServices'],
});

/** The most that a role of the shop may do, where its own policy names the resource. */
export const boundaryActions: readonly string[] = named({
  dynamodb: ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'],
  secretsmanager: ['GetSecretValue'],
  ecr: ['BatchCheckLayerAvailability', 'BatchGetImage', 'GetDownloadUrlForLayer'],
  logs: ['CreateLogStream', 'DescribeLogStreams', 'PutLogEvents'],
  ecs: ['RunTask', 'TagResource'],
  sqs: ['SendMessage'],
  batch: ['SubmitJob', 'TagResource'],
  lambda: ['InvokeFunction'],
  elasticloadbalancing: [
    'DescribeListeners',
    'DescribeRules',
    'DescribeTargetGroups',
    'DescribeTargetHealth',
    'DeregisterTargets',
    'ModifyListener',
    'ModifyRule',
    'RegisterTargets',
  ],
});
