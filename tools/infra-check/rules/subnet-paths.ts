import { type Problem, problem, type Rule } from '../finding.ts';
import { objectsAt } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import type { ShopIndex } from '../shop-index.ts';
import { defaultRouteOf, endpointsOf, type Placement, placementsOf } from '../subnets.ts';

export const subnetPaths: Rule = {
  id: 'N-1',
  mistake: 'a subnet from which images, logs and secrets cannot be reached',
  holds:
    'each task gets out: by a public IP and an internet gateway, by NAT, or by all the endpoints that Fargate needs',
  check: (shop) =>
    placementsOf(shop).flatMap((each) => each.subnets.flatMap((subnet) => pathProblems(each, subnet, shop))),
};

function pathProblems(placement: Placement, subnet: Resource, shop: ShopIndex): Problem[] {
  const way = defaultRouteOf(shop, subnet);
  const { owner, network } = placement;
  if (way?.type === 'AWS::EC2::NatGateway') return natProblems(way, shop);
  if (way?.type === 'AWS::EC2::InternetGateway') {
    if (network?.AssignPublicIp === 'ENABLED') return [];
    const mend = 'set AssignPublicIp to ENABLED, or move the tasks into subnets with NAT';
    return [
      problem(`${owner.key} runs in the public ${subnet.key} without public IPs`, mend, network, 'AssignPublicIp'),
    ];
  }
  const reached = endpointsOf(shop, subnet);
  const missing = ['ecr.api', 'ecr.dkr', 'logs', 's3', ...secretsEndpoint(placement, shop)].filter(
    (each) => !reached.includes(each),
  );
  if (missing.length === 0) return [];
  const what = `${owner.key} runs in ${subnet.key}, which has no default route and no endpoint for ${missing.join(', ')}`;
  return [problem(what, 'add a route to a NAT gateway, or those endpoints (NatMode, InterfaceEndpoints)', subnet.body)];
}

/** A NAT gateway in a subnet without the internet helps nobody. */
function natProblems(nat: Resource, shop: ShopIndex): Problem[] {
  const subnet = shop.target(nat.properties.SubnetId);
  if (!subnet || defaultRouteOf(shop, subnet)?.type === 'AWS::EC2::InternetGateway') return [];
  const what = `${nat.key} stands in ${subnet.key}, which has no route to the internet`;
  return [problem(what, 'put it into a public subnet', nat.properties, 'SubnetId')];
}

/** Secrets are read by the code, or injected by ECS: either way from the task's subnet. */
function secretsEndpoint({ definition }: Placement, shop: ShopIndex): string[] {
  const containers = objectsAt(definition?.properties, 'ContainerDefinitions');
  const usesSecret = containers.some(
    (each) =>
      objectsAt(each, 'Secrets').length > 0 ||
      shop.targets(each.Environment).some(({ type }) => type === 'AWS::SecretsManager::Secret'),
  );
  return usesSecret ? ['secretsmanager'] : [];
}
