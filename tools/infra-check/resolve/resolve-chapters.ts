import { isObject, type Json, type JsonObject } from './json.ts';
import { declaredParameters } from './parameters.ts';
import type { Template } from './read-template.ts';
import { resolveStack } from './resolve-stack.ts';
import type { Shop, Stack } from './stack.ts';

/** The templates in the order in which a workshop deploys them: each may use outputs of the ones before. */
export const layers = [
  'registry',
  'network',
  'security',
  'data',
  'platform',
  'service',
  'jobs',
  'observability',
  'delivery',
] as const;

/** The parameters of one profile, by template; the service's by instance. */
export type Profile = { name: string; values: JsonObject };

type Deployment = { name: string; template: Template; given: JsonObject; prefix: string };

/**
 * Each template as a stack of its own. A parameter is what the profile says, else the output of that name of an earlier stack.
 * An instance of the service template looks for its own outputs first, `CatalogRepositoryArn` for its `RepositoryArn`, and
 * gives its outputs that prefix.
 */
export function resolveChapters(templates: readonly Template[], profile: Profile): Shop {
  const outputs: { [name: string]: Json } = {};
  const stacks: Stack[] = [];
  for (const { name, template, given, prefix } of deployments(templates, profile)) {
    const wired: JsonObject = {};
    for (const parameter of declaredParameters(template)) {
      const value = given[parameter] ?? outputs[prefix + parameter] ?? outputs[parameter];
      if (value !== undefined) wired[parameter] = value;
    }
    const stack = resolveStack(name, template, wired);
    for (const [output, value] of Object.entries(stack.outputs)) outputs[prefix + output] = value;
    stacks.push(stack);
  }
  return { profile: profile.name, mode: 'chapters', stacks, faults: [] };
}

function deployments(templates: readonly Template[], profile: Profile): Deployment[] {
  return layers.flatMap((layer): Deployment[] => {
    const template = templates.find(({ name }) => name === layer);
    if (!template) return [];
    const given = profile.values[layer];
    const instances = isObject(given) ? given : {};
    if (layer !== 'service') return [{ name: layer, template, given: instances, prefix: '' }];
    return Object.entries(instances).map(([instance, values]) => ({
      name: `${layer}-${instance}`,
      template,
      given: { ServiceName: instance, ...(isObject(values) ? values : {}) },
      prefix: pascalCase(instance),
    }));
  });
}

export function pascalCase(words: string): string {
  return words.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
