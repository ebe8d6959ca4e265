import { isPerService } from './deployment-order.ts';
import { at, isObject, type Json, textAt } from './json.ts';
import { whereIs } from './lines.ts';
import { declaredParameters } from './parameters.ts';
import type { Template } from './read-template.ts';
import { IMAGE_TAG, type Profile } from './resolve-chapters.ts';
import { resolveStack } from './resolve-stack.ts';
import { type Scope, wiringFault } from './scope.ts';
import type { Fault, Shop, Stack } from './stack.ts';

const NESTED = 'AWS::CloudFormation::Stack';

/** root.yaml with every stack that it nests, each resolved when its outputs are asked for first. */
export function resolveNested(templates: readonly Template[], profile: Profile): Shop {
  const root = templates.find(({ name }) => name === 'root');
  if (!root) return { profile: profile.name, mode: 'nested', stacks: [], faults: [] };
  const children = new Map<string, Stack | 'being resolved'>();
  const faults: Fault[] = [];

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
    const given = scope.resolve(at(resource, 'Properties', 'Parameters') ?? {});
    const stack = resolveStack(stackName(template, given), template, isObject(given) ? given : {});
    faults.push(...surplus(template, given));
    children.set(id, stack);
    return stack;
  }

  const values = profile.values.root;
  const given = { EnvironmentName: profile.name, ...(isObject(values) ? values : {}) };
  const stack = resolveStack(
    'root',
    root,
    { ...given, ImageTag: IMAGE_TAG },
    {
      output: (scope, id, name) => child(scope, id)?.outputs[name],
      resolveAll: (scope, resources) => {
        for (const { id, type } of resources) if (type === NESTED) child(scope, id);
      },
    },
  );
  const nested = [...children.values()].filter((each) => each !== 'being resolved');
  return { profile: profile.name, mode: 'nested', stacks: [stack, ...nested], faults };
}

/** `./service.yaml`, or an address that ends with it. */
function templateOf(resource: Json | undefined): string {
  return (textAt(resource, 'Properties', 'TemplateURL') ?? '').replace(/^.*\/|\.ya?ml$/g, '');
}

/** The same names as when the templates are deployed by themselves, so that findings read alike. */
function stackName(template: Template, given: Json): string {
  const service = textAt(given, 'ServiceName');
  return isPerService(template.name) && service ? `${template.name}-${service}` : template.name;
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
