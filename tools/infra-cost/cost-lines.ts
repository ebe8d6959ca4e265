import { listAt, numberAt, textAt } from '../infra-check/resolve/json.ts';
import type { Resource } from '../infra-check/resolve/stack.ts';
import type { ShopIndex } from '../infra-check/shop-index.ts';
import { assumptions, type PriceName, perHour } from './prices.ts';

/** One line of the bill: what it is, how many, and what all of them cost in an hour. */
export type CostLine = { item: string; count: number; usdPerHour: number };

/** What a profile costs by the hour with the least number of tasks, whether somebody visits it or not. */
export function costLines(shop: ShopIndex): CostLine[] {
  const services = shop.ofType('AWS::ECS::Service').map((service) => ({ service, tasks: leastTasks(service, shop) }));
  const tasks = services.reduce((sum, each) => sum + each.tasks, 0);
  const taskCost = services.reduce((sum, { service, tasks: count }) => sum + count * taskHour(service, shop), 0);
  const inPublic = services.filter(({ service }) => assignsAddress(service));
  const addresses = inPublic.reduce((sum, each) => sum + each.tasks, 0);
  const balancers = shop.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer');
  const balancerAddresses = balancers
    .filter(({ properties }) => properties.Scheme !== 'internal')
    .reduce((sum, { properties }) => sum + listAt(properties, 'Subnets').length, 0);
  const endpoints = shop
    .ofType('AWS::EC2::VPCEndpoint')
    .filter(({ properties }) => properties.VpcEndpointType === 'Interface')
    .reduce((sum, { properties }) => sum + listAt(properties, 'SubnetIds').length, 0);
  const counted = (item: string, count: number, price: PriceName) => ({
    item,
    count,
    usdPerHour: count * perHour(price),
  });
  const resources = (item: string, type: string, price: PriceName) => counted(item, shop.ofType(type).length, price);
  return [
    { item: 'tasks', count: tasks, usdPerHour: taskCost },
    counted('public addresses of tasks', addresses, 'publicAddressHour'),
    counted('load balancer', balancers.length, 'loadBalancerHour'),
    counted('its capacity units', balancers.length * assumptions.capacityUnits, 'capacityUnitHour'),
    counted('its public addresses', balancerAddresses, 'publicAddressHour'),
    resources('NAT gateways', 'AWS::EC2::NatGateway', 'natGatewayHour'),
    resources('their public addresses', 'AWS::EC2::EIP', 'publicAddressHour'),
    counted('interface endpoints, by zone', endpoints, 'endpointZoneHour'),
    resources('secrets', 'AWS::SecretsManager::Secret', 'secretMonth'),
    resources('keys', 'AWS::KMS::Key', 'keyMonth'),
    resources('alarms', 'AWS::CloudWatch::Alarm', 'alarmMonth'),
    // AWS makes one to scale out and one to scale in, and bills them as alarms.
    counted(
      'alarms of target tracking',
      2 * shop.ofType('AWS::ApplicationAutoScaling::ScalingPolicy').filter(tracksTarget).length,
      'alarmMonth',
    ),
    resources('composite alarms', 'AWS::CloudWatch::CompositeAlarm', 'compositeAlarmMonth'),
    resources('dashboards', 'AWS::CloudWatch::Dashboard', 'dashboardMonth'),
  ];
}

/** The scaling's minimum; a service without scaling has one task. */
function leastTasks(service: Resource, shop: ShopIndex): number {
  const name = textAt(service.properties, 'ServiceName') ?? '';
  const target = shop
    .ofType('AWS::ApplicationAutoScaling::ScalableTarget')
    .find(
      ({ properties: { ResourceId } }) => shop.leadsTo(ResourceId, service) || String(ResourceId).endsWith(`/${name}`),
    );
  return target ? numberAt(target.properties, 'MinCapacity') : 1;
}

/** On demand: what Spot saves cannot be promised. */
function taskHour(service: Resource, shop: ShopIndex): number {
  const task = shop.target(service.properties.TaskDefinition)?.properties;
  const onArm = textAt(task, 'RuntimePlatform', 'CpuArchitecture') === 'ARM64';
  const storage = Math.max(0, (numberAt(task, 'EphemeralStorage', 'SizeInGiB') || 20) - 20);
  return (
    (numberAt(task, 'Cpu') / 1024) * perHour(onArm ? 'armVcpuHour' : 'x86VcpuHour') +
    (numberAt(task, 'Memory') / 1024) * perHour(onArm ? 'armGibHour' : 'x86GibHour') +
    storage * perHour('ephemeralGibHour')
  );
}

function tracksTarget({ properties }: Resource): boolean {
  return properties.PolicyType === 'TargetTrackingScaling';
}

function assignsAddress({ properties }: Resource): boolean {
  return textAt(properties, 'NetworkConfiguration', 'AwsvpcConfiguration', 'AssignPublicIp') === 'ENABLED';
}
