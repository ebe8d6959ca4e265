import { brokenAssertions } from './assertions.ts';
import { isMet } from './conditions.ts';
import { at, isObject, type Json, type JsonObject, textAt } from './json.ts';
import { whereIs } from './lines.ts';
import { resolveParameters } from './parameters.ts';
import { pseudoParameters } from './pseudo-parameters.ts';
import type { Template } from './read-template.ts';
import { resolveValue } from './resolve-value.ts';
import type { Scope } from './scope.ts';
import type { Fault, Resource, Stack } from './stack.ts';

/** How the stacks that a template nests are resolved; only the root has some. */
export type NestedStacks = {
  output(scope: Scope, id: string, output: string): Json | undefined;
  resolveAll(scope: Scope, resources: readonly Resource[]): void;
};
const noNested: NestedStacks = { output: () => undefined, resolveAll: () => {} };

/** One stack as plain JSON: the resources and outputs that the conditions let in, every function replaced. */
export function resolveStack(
  name: string,
  template: Template,
  given: JsonObject,
  nested: NestedStacks = noNested,
): Stack {
  const { values, faults } = resolveParameters(template, given);
  const scope = scopeFor(name, template, values, faults, nested);
  const members = (section: string) => {
    const written = at(template.body, section);
    return Object.entries(isObject(written) ? written : {}).filter(([, body]) => isLetIn(body, scope));
  };
  const resources = members('Resources').map(([id, body]) => resolveResource(id, body, scope));
  nested.resolveAll(scope, resources);
  faults.push(...brokenAssertions(scope));
  const conditions = at(template.body, 'Conditions');
  return {
    name,
    template,
    parameters: values,
    conditions: Object.fromEntries(
      Object.keys(isObject(conditions) ? conditions : {}).map((each) => [each, scope.condition(each, template.body)]),
    ),
    resources,
    outputs: Object.fromEntries(
      members('Outputs').map(([output, body]) => [output, resolveValue(at(body, 'Value') ?? null, scope)]),
    ),
    faults,
  };
}

function resolveResource(id: string, body: Json, scope: Scope): Resource {
  const resolved = resolveValue(body, scope) as JsonObject;
  const properties = resolved.Properties;
  return {
    key: `${scope.stack}/${id}`,
    stack: scope.stack,
    id,
    type: textAt(resolved, 'Type') ?? '',
    properties: isObject(properties) ? properties : {},
    body: resolved,
  };
}

function isLetIn(body: Json, scope: Scope): boolean {
  const condition = at(body, 'Condition');
  return typeof condition !== 'string' || scope.condition(condition, body);
}

function scopeFor(stack: string, template: Template, parameters: JsonObject, faults: Fault[], nested: NestedStacks) {
  const truths = new Map<string, boolean>();
  const scope: Scope = {
    stack,
    template,
    parameters,
    faults,
    ...pseudoParameters(stack, parameters),
    resolve: (value) => resolveValue(value, scope),
    nestedOutput: (id, output) => nested.output(scope, id, output),
    condition(name, place) {
      const known = truths.get(name);
      if (known !== undefined) return known;
      const expression = at(template.body, 'Conditions', name);
      if (expression === undefined) {
        faults.push({
          kind: 'wiring',
          message: `uses the condition ${name}, which does not exist`,
          where: whereIs(place),
        });
      }
      // Set before, so that a condition that asks for itself ends.
      truths.set(name, false);
      const truth = expression !== undefined && isMet(expression, scope, expression);
      truths.set(name, truth);
      return truth;
    },
  };
  return scope;
}
