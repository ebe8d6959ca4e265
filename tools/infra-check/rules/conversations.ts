import { type Problem, problem, type Rule } from '../finding.ts';
import { objectsAt } from '../resolve/json.ts';
import type { Resource } from '../resolve/stack.ts';
import { covers, type GroupRule, groupRules, isAnywhere } from '../security-groups.ts';
import { type Placement, placementsOf } from '../subnets.ts';
import { environmentOf, nameOf } from '../tasks.ts';

export const conversations: Rule = {
  id: 'S-3',
  mistake: 'security groups between those who have to talk',
  holds: 'each task reaches AWS, and every service that its environment names, at both ends',
  check: (shop) => {
    const rules = groupRules(shop);
    const placements = placementsOf(shop);
    return placements.flatMap((caller) => [
      ...awsProblems(caller, rules),
      ...calledBy(caller).flatMap((call) => callProblems(caller, call, placements, rules)),
    ]);
  },
};

/** Without 443 a task cannot even pull its image. */
function awsProblems({ owner, groups }: Placement, rules: readonly GroupRule[]): Problem[] {
  const out = rules.filter(({ direction, group }) => direction === 'out' && group && groups.includes(group));
  // EC2 lets a group without any egress rule out everywhere.
  if (groups.length === 0 || out.length === 0 || out.some((rule) => isAnywhere(rule.range) && covers(rule, 443)))
    return [];
  const what = `the security group of ${owner.key} lets nothing out to AWS`;
  return [problem(what, 'add an egress rule for TCP 443', groups[0]?.body)];
}

type Call = { variable: string; host: string; port: number };

/** The services of the shop that a task is told of: `CATALOG_URL` is `http://catalog.<namespace>:3000`. */
function calledBy({ definition }: Placement): Call[] {
  return objectsAt(definition?.properties, 'ContainerDefinitions').flatMap((container) =>
    Object.entries(environmentOf(container)).flatMap(([variable, value]) => {
      const [, host = '', port] = /^http:\/\/([a-z][\w-]*)\.[^:/]+:(\d+)$/.exec(value) ?? [];
      return port === undefined ? [] : [{ variable: `${variable} of ${nameOf(container)}`, host, port: Number(port) }];
    }),
  );
}

function callProblems(
  caller: Placement,
  { variable, host, port }: Call,
  placements: readonly Placement[],
  rules: readonly GroupRule[],
): Problem[] {
  const callee = placements.find(({ owner }) => owner.stack.endsWith(`-${host}`));
  const place = caller.network;
  if (!callee) return [problem(`${variable} names ${host}, which is no service`, 'name a service of the shop', place)];
  const open = (direction: 'in' | 'out', own: readonly Resource[], peers: readonly Resource[]) =>
    rules.some(
      (rule) =>
        rule.direction === direction &&
        covers(rule, port) &&
        own.some((group) => group === rule.group) &&
        peers.some((group) => group === rule.peerGroup),
    );
  const ends: [boolean, string][] = [
    [open('out', caller.groups, callee.groups), `does not let ${caller.owner.key} call ${host}`],
    [open('in', callee.groups, caller.groups), `of ${host} does not let ${caller.owner.key} in`],
  ];
  const mend = `add the rule for port ${port} between both groups, for ${variable}`;
  return ends.flatMap(([isOpen, what]) =>
    isOpen ? [] : [problem(`the security group ${what} at port ${port}`, mend, place)],
  );
}
