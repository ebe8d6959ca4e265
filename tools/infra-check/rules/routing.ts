import type { Rule as Route } from '../../front-door/routing.ts';
import type { Facts } from '../facts.ts';
import { type Problem, problem, type Rule } from '../finding.ts';
import { overlap } from '../path-patterns.ts';
import { at, listAt, numberAt, objectsAt } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import { tokenFor, tokensWithin } from '../resolve/tokens.ts';
import type { ShopIndex } from '../shop-index.ts';

/** What no visitor may reach: calls between the services, probes and metrics. */
const PRIVATE = ['/internal/*', '/livez', '/readyz', '/metrics'];

export const routing: Rule = {
  id: 'A-1',
  mistake: 'listener rules that overlap',
  holds:
    'each path has one rule, as infra/routing.json says, none leads inside, and what matches none gets a fixed answer',
  check: (shop, facts) => [
    ...byListener(shop).flatMap((rules) => pairs(rules).flatMap(([one, other]) => pairProblems(one, other))),
    ...shop.ofType('AWS::ElasticLoadBalancingV2::ListenerRule').flatMap((rule) => ruleProblems(rule, facts)),
    ...shop.ofType('AWS::ElasticLoadBalancingV2::Listener').flatMap((listener) => listenerProblems(listener)),
  ],
};

function patternsOf({ properties }: Resource): string[] {
  return objectsAt(properties, 'Conditions').flatMap((each) => listAt(each, 'PathPatternConfig', 'Values').map(String));
}

/** Rules of one listener only can be in each other's way. */
function byListener(shop: ShopIndex): Resource[][] {
  const groups = new Map<string, Resource[]>();
  for (const rule of shop.ofType('AWS::ElasticLoadBalancingV2::ListenerRule')) {
    const [token] = tokensWithin(rule.properties.ListenerArn);
    const listener = token ? tokenFor(token.stack, token.id) : '';
    groups.set(listener, [...(groups.get(listener) ?? []), rule]);
  }
  return [...groups.values()];
}

function pairs(rules: readonly Resource[]): [Resource, Resource][] {
  return rules.flatMap((one, index) => rules.slice(index + 1).map((other): [Resource, Resource] => [one, other]));
}

function pairProblems(one: Resource, other: Resource): Problem[] {
  const faults: Problem[] = [];
  if (numberAt(one.properties, 'Priority') === numberAt(other.properties, 'Priority')) {
    const what = `${one.key} and ${other.key} have the same priority`;
    faults.push(problem(what, 'give each its own, as infra/routing.json does', other.properties, 'Priority'));
  }
  for (const pattern of patternsOf(one)) {
    for (const same of patternsOf(other).filter((each) => overlap(pattern, each))) {
      const what = `${pattern} of ${one.key} and ${same} of ${other.key} match the same path`;
      faults.push(problem(what, 'let no path match two rules', other.properties, 'Conditions'));
    }
  }
  return faults;
}

function ruleProblems(rule: Resource, { routing }: Facts): Problem[] {
  const patterns = patternsOf(rule);
  const inside = patterns.filter((each) => PRIVATE.some((path) => overlap(each, path)));
  const known = [...routing.rules, ...routing.servicePages].some((route) => isRoute(rule, patterns, route));
  return [
    ...inside.map((each) => {
      const mend = 'route the public paths only: services call each other past the balancer';
      return problem(`${each} of ${rule.key} leads to what is not public`, mend, rule.properties, 'Conditions');
    }),
    ...(known || inside.length > 0
      ? []
      : [
          problem(
            `${rule.key} is no rule of infra/routing.json`,
            'repeat service, priority and paths',
            rule.properties,
            'Priority',
          ),
        ]),
  ];
}

function isRoute({ stack, properties }: Resource, patterns: readonly string[], route: Route): boolean {
  const samePaths = [...patterns].sort().join(' ') === [...route.paths].sort().join(' ');
  return samePaths && numberAt(properties, 'Priority') === route.priority && stack.endsWith(`-${route.service}`);
}

function listenerProblems({ key, properties }: Resource): Problem[] {
  return objectsAt(properties, 'DefaultActions')
    .filter((action) => action.Type === 'forward' && at(properties, 'Protocol') !== 'TCP')
    .map((action) => {
      const what = `${key} forwards what no rule matches`;
      return problem(what, 'answer with a fixed-response 404: unknown paths are nobody’s', action, 'Type');
    });
}
