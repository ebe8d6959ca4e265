/**
 * Types that the CloudFormation of moto, as pinned in tools/infra-lint/requirements.txt, does not make or cannot delete, and
 * what the rest of the shop does without them there.
 */
export const emulatorLacks: { [type: string]: string } = {
  'AWS::ApplicationAutoScaling::ScalableTarget': 'nothing scales',
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'nothing scales',
  'AWS::Budgets::Budget': 'nothing costs',
  'AWS::CloudWatch::Alarm': 'nothing is watched',
  'AWS::CloudWatch::CompositeAlarm': 'nothing is watched',
  'AWS::Cognito::UserPool': 'no tokens are issued',
  'AWS::Cognito::UserPoolClient': 'no tokens are issued',
  'AWS::Cognito::UserPoolDomain': 'no tokens are issued',
  'AWS::Cognito::UserPoolResourceServer': 'no tokens are issued',
  // moto makes gateways and route tables, does not delete them with their stack, and then keeps the VPC, too.
  'AWS::EC2::InternetGateway': 'no packet flows',
  'AWS::EC2::NetworkAcl': 'no packet flows',
  'AWS::EC2::NetworkAclEntry': 'no packet flows',
  'AWS::EC2::Route': 'no packet flows',
  'AWS::EC2::RouteTable': 'no packet flows',
  'AWS::EC2::SecurityGroupEgress': 'no packet flows',
  'AWS::EC2::SubnetNetworkAclAssociation': 'no packet flows',
  'AWS::EC2::SubnetRouteTableAssociation': 'no packet flows',
  'AWS::EC2::VPCGatewayAttachment': 'no packet flows',
  'AWS::EC2::VPCEndpoint': 'it would need the route tables',
  'AWS::IAM::OIDCProvider': 'nobody signs in from GitHub',
  'AWS::Logs::MetricFilter': 'nothing is logged',
  'AWS::S3::BucketPolicy': 'the balancer writes no access log',
  'AWS::SNS::Subscription': 'nobody is called',
  'AWS::SNS::TopicPolicy': 'nobody is called',
  'AWS::Scheduler::Schedule': 'no job starts by itself',
  'AWS::SecretsManager::Secret': 'no container reads it',
  'AWS::ServiceDiscovery::PrivateDnsNamespace': 'no container looks a name up',
  'AWS::ServiceDiscovery::Service': 'no container looks a name up',
  'AWS::WAFv2::WebACL': 'no request comes in',
  'AWS::WAFv2::WebACLAssociation': 'no request comes in',
};

/** Attributes that moto does not tell of what it makes; one of them in the outputs takes all outputs of the stack away. */
export const emulatorLacksAttributes: { [type: string]: readonly string[] } = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['LoadBalancerFullName', 'CanonicalHostedZoneID'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['TargetGroupFullName'],
};
