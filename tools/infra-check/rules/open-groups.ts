import { type Problem, problem, type Rule } from '../finding.ts';
import { textAt } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import { covers, type GroupRule, groupRules, isAnywhere } from '../security-groups.ts';
import type { ShopIndex } from '../shop-index.ts';

const PUBLIC_PORTS = [80, 443];

export const openGroups: Rule = {
  id: 'S-2',
  mistake: 'a security group is open to the world, or closed to the balancer',
  holds: 'the internet reaches the balancer at 80 and 443 and nothing else; no rule is for all protocols',
  check: (shop) => {
    const rules = groupRules(shop);
    const balancers = shop
      .ofType('AWS::ElasticLoadBalancingV2::LoadBalancer')
      .flatMap(({ properties }) => shop.targets(properties.SecurityGroups));
    return [...rules.flatMap((rule) => ruleProblems(rule, balancers)), ...balancersWithoutWay(shop, rules, balancers)];
  },
};

function ruleProblems(rule: GroupRule, balancers: readonly Resource[]): Problem[] {
  const name = rule.group?.key ?? 'a group';
  if (rule.protocol === '-1') {
    const what = `${name} allows all protocols and ports ${rule.direction === 'in' ? 'in' : 'out'}`;
    return [problem(what, 'name protocol and port', rule.place, 'IpProtocol')];
  }
  if (rule.direction === 'out' || !isAnywhere(rule.range)) return [];
  const onlyPublic = rule.from === rule.to && PUBLIC_PORTS.includes(rule.from);
  if (onlyPublic && rule.group && balancers.includes(rule.group)) return [];
  const what = `${name} lets the whole internet in at port ${rule.from}${rule.to === rule.from ? '' : `-${rule.to}`}`;
  return [problem(what, "let in the balancer's group only; the balancer itself at 80 and 443", rule.place)];
}

/** The balancer must also be allowed to send: its own group has egress rules. */
function balancersWithoutWay(shop: ShopIndex, rules: readonly GroupRule[], balancers: readonly Resource[]): Problem[] {
  return shop.ofType('AWS::ElasticLoadBalancingV2::TargetGroup').flatMap((target) => {
    const port = Number(textAt(target.properties, 'Port'));
    const ways = rules.filter(({ direction, group }) => direction === 'out' && group && balancers.includes(group));
    if (balancers.length === 0 || ways.some((rule) => covers(rule, port))) return [];
    const mend = `add an egress rule for port ${port} from the balancer's group`;
    return [problem(`the balancer may not send to port ${port} of ${target.key}`, mend, balancers[0]?.body)];
  });
}
