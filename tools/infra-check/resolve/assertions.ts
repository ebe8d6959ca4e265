import { isMet } from './conditions.ts';
import { at, isObject, objectsAt, textAt } from './json.ts';
import { whereIs } from './lines.ts';
import type { Scope } from './scope.ts';
import type { Fault } from './stack.ts';

/** What the section Rules asserts of the parameters and does not hold; CloudFormation refuses the deployment then. */
export function brokenAssertions(scope: Scope): Fault[] {
  const rules = at(scope.template.body, 'Rules');
  return Object.entries(isObject(rules) ? rules : {}).flatMap(([name, rule]) => {
    const condition = at(rule, 'RuleCondition');
    if (condition !== undefined && !isMet(condition, scope, rule)) return [];
    return objectsAt(rule, 'Assertions')
      .filter((each) => !isMet(each.Assert, scope, rule))
      .map((each) => {
        const reason = textAt(each, 'AssertDescription') ?? JSON.stringify(each.Assert);
        return {
          kind: 'parameter' as const,
          message: `the rule ${name} is broken: ${reason}`,
          where: whereIs(rules, name),
        };
      });
  });
}
