import type { Mutant } from './mutant.ts';

const security = 'security.yaml';
const network = 'network.yaml';
const service = 'service.yaml';
const awsvpc = 'Resources.Service.Properties.NetworkConfiguration.AwsvpcConfiguration';

export const networkMutants: Mutant[] = [
  {
    mistake: 'a security group without the port of the application',
    rule: 'S-1',
    file: security,
    path: 'Resources.OrderFromAlb',
    change: 'remove',
  },
  {
    mistake: 'a security group that opens another port',
    rule: 'S-1',
    file: security,
    path: 'Resources.CatalogFromAlb.Properties.FromPort',
    change: { to: 3001 },
  },
  {
    mistake: 'a target group with another port than the container',
    rule: 'S-1',
    file: 'service-routing.yaml',
    path: 'Resources.TargetGroup.Properties.Port',
    change: { to: 8080 },
  },
  {
    mistake: 'a container that listens elsewhere',
    rule: 'S-1',
    file: service,
    path: 'Resources.TaskDefinition.Properties.ContainerDefinitions.0.PortMappings.0.ContainerPort',
    change: { to: 8080 },
  },
  {
    mistake: 'a database port open to the world',
    rule: 'S-2',
    file: security,
    path: 'Resources.CatalogFromAlb.Properties',
    change: {
      to: {
        GroupId: { Ref: 'CatalogSecurityGroup' },
        IpProtocol: 'tcp',
        FromPort: 3000,
        ToPort: 3000,
        CidrIp: '0.0.0.0/0',
      },
    },
  },
  {
    mistake: 'all protocols allowed',
    rule: 'S-2',
    file: security,
    path: 'Resources.OrderFromAlb.Properties.IpProtocol',
    change: { to: '-1' },
  },
  {
    mistake: 'order may not call catalog',
    rule: 'S-3',
    file: security,
    path: 'Resources.OrderToCatalog',
    change: 'remove',
  },
  {
    mistake: 'payment does not let order in',
    rule: 'S-3',
    file: security,
    path: 'Resources.PaymentFromOrder.Properties.FromPort',
    change: { to: 3001 },
  },
  {
    mistake: 'tasks that cannot pull their image',
    rule: 'S-3',
    file: security,
    path: 'Resources.OrderToAws',
    change: 'remove',
  },
  {
    mistake: 'a public subnet without a route to the internet',
    rule: 'N-1',
    file: network,
    path: 'Resources.PublicToInternet',
    change: 'remove',
  },
  {
    mistake: 'a public subnet without public addresses',
    rule: 'N-1',
    file: service,
    path: `${awsvpc}.AssignPublicIp`,
    change: { to: 'DISABLED' },
  },
  {
    mistake: 'a NAT gateway in a private subnet',
    rule: 'N-1',
    file: network,
    path: 'Resources.NatGatewayA.Properties.SubnetId',
    change: { to: { Ref: 'PrivateSubnetA' } },
  },
  {
    mistake: 'both subnets in one zone',
    rule: 'N-2',
    file: network,
    path: 'Resources.PublicSubnetB.Properties.AvailabilityZone',
    change: { to: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } },
  },
  {
    mistake: 'a subnet with the main route table',
    rule: 'N-2',
    file: network,
    path: 'Resources.PrivateSubnetBRoutes',
    change: 'remove',
  },
  {
    mistake: 'a network ACL without ephemeral ports in',
    rule: 'N-3',
    file: network,
    path: 'Resources.PublicInAnswers',
    change: 'remove',
  },
  {
    mistake: 'a network ACL without ephemeral ports out',
    rule: 'N-3',
    file: network,
    path: 'Resources.PublicOutAnswers.Properties.PortRange.From',
    change: { to: 32_768 },
  },
  {
    mistake: 'a network ACL that drops calls to AWS',
    rule: 'N-3',
    file: network,
    path: 'Resources.PrivateOutHttps.Properties.RuleAction',
    change: { to: 'deny' },
  },
  {
    mistake: 'a service without network configuration',
    rule: 'N-4',
    file: service,
    path: 'Resources.Service.Properties.NetworkConfiguration',
    change: 'remove',
  },
  {
    mistake: 'a host port that is not the port of the container',
    rule: 'N-4',
    file: service,
    path: 'Resources.TaskDefinition.Properties.ContainerDefinitions.0.PortMappings.0.HostPort',
    change: { to: 80 },
  },
  {
    mistake: 'targets that are instances',
    rule: 'N-4',
    file: 'service-routing.yaml',
    path: 'Resources.TargetGroup.Properties.TargetType',
    change: { to: 'instance' },
  },
];
