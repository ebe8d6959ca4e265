import { type JsonObject, listAt, textAt } from './resolve/json.ts';
import type { Resource } from './resolve/stack.ts';
import type { ShopIndex } from './shop-index.ts';

/** Where tasks are started: by a service, or by a schedule. */
export type Placement = {
  owner: Resource;
  /** The object that holds Subnets, SecurityGroups and AssignPublicIp; undefined when it is missing. */
  network: JsonObject | undefined;
  subnets: Resource[];
  groups: Resource[];
  definition: Resource | undefined;
};

export function placementsOf(shop: ShopIndex): Placement[] {
  const services = shop
    .ofType('AWS::ECS::Service')
    .map((owner) => ({ owner, settings: owner.properties, task: owner.properties.TaskDefinition }));
  const schedules = shop.ofType('AWS::Scheduler::Schedule').flatMap((owner) => {
    const [settings] = [owner.properties.Target].flatMap((target) => listAt(target, 'EcsParameters')) as JsonObject[];
    return settings ? [{ owner, settings, task: settings.TaskDefinitionArn }] : [];
  });
  return [...services, ...schedules].map(({ owner, settings, task }) => {
    const [network] = listAt(settings, 'NetworkConfiguration', 'AwsvpcConfiguration') as JsonObject[];
    return {
      owner,
      network,
      subnets: shop.targets(listAt(network, 'Subnets')).filter(({ type }) => type === 'AWS::EC2::Subnet'),
      groups: shop.targets(listAt(network, 'SecurityGroups')),
      definition: shop.target(task),
    };
  });
}

/** The route tables of a subnet; more than one is a mistake. */
export function routeTablesOf(shop: ShopIndex, subnet: Resource): Resource[] {
  return shop
    .ofType('AWS::EC2::SubnetRouteTableAssociation')
    .filter(({ properties }) => shop.leadsTo(properties.SubnetId, subnet))
    .flatMap(({ properties }) => shop.targets(properties.RouteTableId));
}

/** What the default route of a subnet leads to: an internet gateway, a NAT gateway, or nothing. */
export function defaultRouteOf(shop: ShopIndex, subnet: Resource): Resource | undefined {
  const tables = routeTablesOf(shop, subnet);
  const routes = shop
    .ofType('AWS::EC2::Route')
    .filter(({ properties }) => textAt(properties, 'DestinationCidrBlock') === '0.0.0.0/0')
    .filter(({ properties }) => tables.some((table) => shop.leadsTo(properties.RouteTableId, table)));
  return routes.map(({ properties }) => shop.target(properties.GatewayId ?? properties.NatGatewayId)).find(Boolean);
}

export function isPublic(shop: ShopIndex, subnet: Resource): boolean {
  return defaultRouteOf(shop, subnet)?.type === 'AWS::EC2::InternetGateway';
}

/** The services of AWS that a subnet reaches by endpoints: `s3`, `ecr.api`, `logs`. */
export function endpointsOf(shop: ShopIndex, subnet: Resource): string[] {
  const tables = routeTablesOf(shop, subnet);
  return shop
    .ofType('AWS::EC2::VPCEndpoint')
    .filter(({ properties: { RouteTableIds, SubnetIds, VpcEndpointType } }) =>
      VpcEndpointType === 'Interface'
        ? // The private name of an interface endpoint holds for the whole VPC.
          shop.targets(SubnetIds).length > 0
        : tables.some((table) => shop.leadsTo(RouteTableIds, table)),
    )
    .map(({ properties }) => (textAt(properties, 'ServiceName') ?? '').replace(/^com\.amazonaws\.[^.]+\./, ''));
}
