import { at, isObject } from './json.ts';
import { declaredParameters } from './parameters.ts';
import type { Template } from './read-template.ts';

/** The templates as the workshop goes through them; those that are not named here come after the others. */
export const layers: readonly string[] = [
  'registry',
  'network',
  'security',
  'data',
  'platform',
  'service',
  'jobs',
  'observability',
  'delivery',
];

/** `service.yaml`, and what is kept apart from it, are deployed once for each service. */
export function isPerService(template: string): boolean {
  return template === 'service' || template.startsWith('service-');
}

/** `root.yaml` and its like only nest others: nobody deploys them in a chapter. */
function isRoot(template: string): boolean {
  return template === 'root' || template.startsWith('root-');
}

/** Each template after those whose outputs it takes for parameters, otherwise in the order of the layers. */
export function inDeploymentOrder(templates: readonly Template[]): Template[] {
  const waiting = templates.filter(({ name }) => !isRoot(name)).sort((one, other) => rank(one) - rank(other));
  const ordered: Template[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex((each) => !waiting.some((other) => other !== each && takesFrom(each, other)));
    ordered.push(...waiting.splice(Math.max(free, 0), 1));
  }
  return ordered;
}

function takesFrom(template: Template, other: Template): boolean {
  const outputs = at(other.body, 'Outputs');
  const parameters = declaredParameters(template);
  const prefixed = isPerService(other.name) && !isPerService(template.name);
  return Object.keys(isObject(outputs) ? outputs : {}).some((output) =>
    parameters.some((parameter) => (prefixed ? parameter.endsWith(output) : parameter === output)),
  );
}

function rank({ name }: Template): number {
  const layer = layers.indexOf(name.split('-')[0] ?? '');
  return layer < 0 ? layers.length : layer;
}
