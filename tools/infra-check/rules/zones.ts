import { type Problem, problem, type Rule } from '../finding.ts';
import type { Json } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import type { ShopIndex } from '../shop-index.ts';
import { isPublic, placementsOf, routeTablesOf } from '../subnets.ts';

export const zones: Rule = {
  id: 'N-2',
  mistake: 'subnets in one availability zone, or without their route table',
  holds:
    'balancer and tasks stand in two zones, a public balancer in public subnets, and each subnet has one route table',
  check: (shop) => [
    ...placementsOf(shop).flatMap(({ owner, subnets, network }) => zoneProblems(owner, subnets, network)),
    ...shop.ofType('AWS::ElasticLoadBalancingV2::LoadBalancer').flatMap((balancer) => balancerProblems(balancer, shop)),
    ...shop.ofType('AWS::EC2::Subnet').flatMap((subnet) => tableProblems(subnet, shop)),
  ],
};

function zoneProblems(owner: Resource, subnets: readonly Resource[], place: Json | undefined): Problem[] {
  const found = new Set(subnets.map(({ properties }) => properties.AvailabilityZone));
  if (subnets.length === 0 || found.size >= 2) return [];
  const what = `${owner.key} stands in ${found.size} availability zone`;
  return [problem(what, 'give it subnets of two zones: one may fail', place ?? owner.body, 'Subnets')];
}

function balancerProblems(balancer: Resource, shop: ShopIndex): Problem[] {
  const subnets = shop.targets(balancer.properties.Subnets);
  const hidden = balancer.properties.Scheme === 'internal' ? [] : subnets.filter((subnet) => !isPublic(shop, subnet));
  return [
    ...zoneProblems(balancer, subnets, balancer.properties),
    ...hidden.map((subnet) => {
      const what = `${balancer.key} faces the internet, but stands in ${subnet.key}, which does not`;
      return problem(what, 'put it into the public subnets', balancer.properties, 'Subnets');
    }),
  ];
}

function tableProblems(subnet: Resource, shop: ShopIndex): Problem[] {
  const count = routeTablesOf(shop, subnet).length;
  if (count === 1) return [];
  const mend = 'make one SubnetRouteTableAssociation for it: without, it gets the main table, which has no way out';
  return [problem(`${subnet.key} has ${count} route tables`, mend, subnet.body)];
}
