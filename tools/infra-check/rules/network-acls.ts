import { allows, EPHEMERAL_PORTS, entriesOf } from '../acl-entries.ts';
import { type Problem, problem, type Rule } from '../finding.ts';
import type { Resource } from '../resolve/stack.ts';
import { covers, groupRules } from '../security-groups.ts';
import type { ShopIndex } from '../shop-index.ts';
import { isPublic, placementsOf } from '../subnets.ts';

export const networkAcls: Rule = {
  id: 'N-3',
  mistake: 'a network ACL without the ephemeral ports',
  holds: 'answers come back through every network ACL, and tasks reach the endpoints through their security group',
  check: (shop) => [
    ...shop.ofType('AWS::EC2::NetworkAcl').flatMap((acl) => aclProblems(acl, shop)),
    ...shop.ofType('AWS::EC2::VPCEndpoint').flatMap((endpoint) => endpointProblems(endpoint, shop)),
  ],
};

function aclProblems(acl: Resource, shop: ShopIndex): Problem[] {
  const subnets = shop
    .ofType('AWS::EC2::SubnetNetworkAclAssociation')
    .filter(({ properties }) => shop.leadsTo(properties.NetworkAclId, acl))
    .flatMap(({ properties }) => shop.targets(properties.SubnetId));
  const faces = subnets.some((subnet) => isPublic(shop, subnet));
  const closed = (direction: 'in' | 'out', range: 'anywhere' | 'vpc') => {
    const entries = entriesOf(shop, acl, direction);
    return EPHEMERAL_PORTS.filter((port) => !allows(entries, port, range));
  };
  const faults: Problem[] = [];
  const report = (what: string, ports: number[], mend: string) => {
    if (ports.length > 0) faults.push(problem(`${acl.key} drops ${what} (port ${ports.join(', ')})`, mend, acl.body));
  };
  const both = 'ACLs keep no state: allow TCP 1024-65535';
  report('answers that come back', closed('in', 'anywhere'), `${both} in from anywhere`);
  // Private subnets answer the VPC only: the balancer stands in it.
  report('answers to its callers', closed('out', faces ? 'anywhere' : 'vpc'), `${both} out to those who call`);
  if (!allows(entriesOf(shop, acl, 'out'), 443, 'anywhere'))
    faults.push(problem(`${acl.key} drops calls to the APIs of AWS`, 'allow TCP 443 out', acl.body));
  const callers = faces ? ([80, 443] as const) : ([containerPort(shop, subnets)] as const);
  for (const port of callers.filter((each) => each > 0)) {
    if (!allows(entriesOf(shop, acl, 'in'), port, faces ? 'anywhere' : 'vpc'))
      faults.push(problem(`${acl.key} drops what comes in at port ${port}`, `allow TCP ${port} in`, acl.body));
    // A network balancer (nlb.yaml) stands before the other one, which may be in the other zone.
    if (faces && !allows(entriesOf(shop, acl, 'out'), port, 'vpc'))
      faults.push(
        problem(
          `${acl.key} drops what one balancer asks of another at port ${port}`,
          `allow TCP ${port} out to the VPC`,
          acl.body,
        ),
      );
  }
  return faults;
}

/** The port of the services that run in these subnets, 0 when none does. */
function containerPort(shop: ShopIndex, subnets: readonly Resource[]): number {
  const here = placementsOf(shop).filter((each) => each.subnets.some((subnet) => subnets.includes(subnet)));
  const [group] = here.flatMap(({ owner }) => shop.targets(owner.properties.LoadBalancers));
  return Number(group?.properties.Port ?? 0);
}

function endpointProblems(endpoint: Resource, shop: ShopIndex): Problem[] {
  if (endpoint.properties.VpcEndpointType !== 'Interface') return [];
  const groups = shop.targets(endpoint.properties.SecurityGroupIds);
  const open = groupRules(shop).some(
    (rule) => rule.direction === 'in' && rule.group && groups.includes(rule.group) && covers(rule, 443),
  );
  if (open) return [];
  const mend = 'let its security group accept TCP 443 from the tasks, or from the VPC';
  return [problem(`${endpoint.key} cannot be reached at port 443`, mend, endpoint.properties, 'SecurityGroupIds')];
}
