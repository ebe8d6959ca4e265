import { at, isObject, type Json, type JsonObject, textAt } from './json.ts';
import { whereIs } from './lines.ts';
import { declaredParameters } from './parameters.ts';
import type { Template } from './read-template.ts';
import { IMAGE_TAG, type Profile } from './resolve-chapters.ts';
import { resolveStack } from './resolve-stack.ts';
import { type Scope, wiringFault } from './scope.ts';
import type { Fault, Shop, Stack } from './stack.ts';

const NESTED = 'AWS::CloudFormation::Stack';

/** root.yaml with every stack that it nests, and those that these nest. */
export function resolveNested(templates: readonly Template[], profile: Profile): Shop {
  const shop: Shop = { profile: profile.name, mode: 'nested', stacks: [], faults: [] };
  const root = templates.find(({ name }) => name === 'root');
  const values = profile.values.root;
  const given = { EnvironmentName: profile.name, ImageTag: IMAGE_TAG, ...(isObject(values) ? values : {}) };
  if (root) shop.stacks.unshift(resolveParent(root, given, templates, shop));
  return shop;
}

/** A stack whose own nested ones, each resolved when its outputs are asked for first, are added to the shop. */
function resolveParent(parent: Template, given: JsonObject, templates: readonly Template[], shop: Shop): Stack {
  const children = new Map<string, Stack | 'being resolved'>();

  function child(scope: Scope, id: string): Stack | undefined {
    const known = children.get(id);
    if (known === 'being resolved') {
      wiringFault(scope, `needs its own outputs, by way of ${id}`, at(scope.template.body, 'Resources', id) ?? null);
      return undefined;
    }
    if (known) return known;
    const resource = at(scope.template.body, 'Resources', id);
    const template = templates.find(({ name }) => name === templateOf(resource));
    if (!template) {
      wiringFault(scope, `nests ${templateOf(resource)}.yaml, which does not exist`, resource ?? null);
      return undefined;
    }
    children.set(id, 'being resolved');
    const parameters = scope.resolve(at(resource, 'Properties', 'Parameters') ?? {});
    shop.faults.push(...surplus(template, parameters));
    const stack = resolveParent(template, isObject(parameters) ? parameters : {}, templates, shop);
    shop.stacks.push(stack);
    children.set(id, stack);
    return stack;
  }

  return resolveStack(stackName(parent, given), parent, given, {
    output: (scope, id, name) => child(scope, id)?.outputs[name],
    resolveAll: (scope, resources) => {
      for (const { id, type } of resources) if (type === NESTED) child(scope, id);
    },
  });
}

/** `./service.yaml`, or an address that ends with it. */
function templateOf(resource: Json | undefined): string {
  return (textAt(resource, 'Properties', 'TemplateURL') ?? '').replace(/^.*\/|\.ya?ml$/g, '');
}

/** The same names as when the templates are deployed by themselves, so that findings read alike. */
function stackName(template: Template, given: JsonObject): string {
  const service = textAt(given, 'ServiceName');
  return service ? `${template.name}-${service}` : template.name;
}

function surplus(template: Template, given: Json): Fault[] {
  const declared = declaredParameters(template);
  return Object.keys(isObject(given) ? given : {})
    .filter((name) => !declared.includes(name))
    .map((name) => ({
      kind: 'wiring',
      message: `passes ${name} to ${template.name}.yaml, which declares no such parameter`,
      where: whereIs(given, name),
    }));
}
