import { inDeploymentOrder, isPerService } from './deployment-order.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { whereIs } from './lines.ts';
import { declaredParameters } from './parameters.ts';
import type { Template } from './read-template.ts';
import { resolveStack } from './resolve-stack.ts';
import type { Fault, Shop, Stack } from './stack.ts';

/** The parameters of one profile, by template; the service's by instance. */
export type Profile = { name: string; values: JsonObject };

/** A tag for show, as long as those of real builds. */
export const IMAGE_TAG = '0000000000000000000000000000000000000000';

/** A stack to be: its name without project and environment, and what the profile gives it. */
export type Deployment = {
  name: string;
  template: Template;
  given: JsonObject;
  /** Of what is given: that which is meant for this template alone. */
  own: JsonObject;
  /** `Catalog` for an instance of the service templates, otherwise empty. */
  prefix: string;
};

/**
 * Each template as a stack of its own. A parameter is what the profile says, else the output of that name of an earlier stack.
 * An instance of the service template looks for its own outputs first, `CatalogRepositoryArn` for its `RepositoryArn`, and
 * gives its outputs that prefix.
 */
export function resolveChapters(templates: readonly Template[], profile: Profile): Shop {
  const outputs: { [name: string]: Json } = { EnvironmentName: profile.name };
  const stacks: Stack[] = [];
  for (const deployment of deployments(templates, profile)) {
    const { name, template, own, prefix } = deployment;
    const stack = resolveStack(name, template, wire(deployment, outputs, IMAGE_TAG));
    const known = isPerService(template.name) ? templates.filter((each) => isPerService(each.name)) : [template];
    stack.faults.push(...surplus(template, known.flatMap(declaredParameters), own));
    for (const [output, value] of Object.entries(stack.outputs)) outputs[prefix + output] = value;
    stacks.push(stack);
  }
  return { profile: profile.name, mode: 'chapters', stacks, faults: [] };
}

/** The parameters of a deployment, from the outputs of those before it. Images have no value without a tag. */
export function wire({ template, given, prefix }: Deployment, outputs: JsonObject, imageTag?: string): JsonObject {
  const wired: JsonObject = {};
  for (const parameter of declaredParameters(template)) {
    const value =
      given[parameter] ??
      outputs[prefix + parameter] ??
      outputs[parameter] ??
      imageOf(prefix, parameter, outputs, imageTag);
    if (value !== undefined) wired[parameter] = value;
  }
  return wired;
}

/** Images are not in a profile, for each build has others: `ReconcileImageUri` is of `ReconcileRepositoryUri`. */
function imageOf(prefix: string, parameter: string, outputs: JsonObject, tag?: string): Json | undefined {
  if (!parameter.endsWith('ImageUri') || tag === undefined) return undefined;
  const name = parameter.replace(/ImageUri$/, 'RepositoryUri');
  const repository = outputs[prefix + name] ?? outputs[name];
  return typeof repository === 'string' ? `${repository}:${tag}` : undefined;
}

/** Every stack of a profile in the order of deployment: the templates of a service once for each service. */
export function deployments(templates: readonly Template[], profile: Profile): Deployment[] {
  return inDeploymentOrder(templates).flatMap((template): Deployment[] => {
    const own = objectAt(profile.values, template.name);
    if (!isPerService(template.name)) return [{ name: template.name, template, given: own, own, prefix: '' }];
    const services = objectAt(profile.values, 'service');
    return Object.keys(services).map((service) => ({
      name: `${template.name}-${service}`,
      template,
      // What the templates of one service have in common is written once, with those of service.yaml.
      given: { ServiceName: service, ...objectAt(services, service), ...objectAt(own, service) },
      own: objectAt(own, service),
      prefix: pascalCase(service),
    }));
  });
}

function objectAt(values: JsonObject, name: string): JsonObject {
  const found = values[name];
  return isObject(found) ? found : {};
}

export function pascalCase(words: string): string {
  return words.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

/** Values for parameters that no template of that name declares: a misspelt one would otherwise be ignored. */
function surplus(template: Template, declared: readonly string[], given: JsonObject): Fault[] {
  return Object.keys(given)
    .filter((name) => !declared.includes(name))
    .map((name) => ({
      kind: 'parameter',
      message: `the profile gives ${name}, which the template does not declare`,
      where: whereIs(template.body, 'Parameters'),
    }));
}
