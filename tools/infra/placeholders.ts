import type { Parameter } from '@aws-sdk/client-cloudformation';
import type { Json } from '../infra-check/resolve/json.ts';
import { declaredParameters } from '../infra-check/resolve/parameters.ts';
import type { Deployment } from '../infra-check/resolve/resolve-chapters.ts';

/** A value of a committed profile that stands for one of yours: a name under .example (RFC 2606), an id of zeros alone. */
export function isPlaceholder(value: Json | undefined): boolean {
  return typeof value === 'string' && /\.example(?![\w-])|^example\/|\b0{8}-0{4}-0{4}-0{4}-0{12}\b|^Z0+$/.test(value);
}

export type Placeholder = { layer: string; name: string; value: string };

/**
 * The layer with what its stack has in place of placeholders, so that a value is given once and not at each deployment; and the
 * placeholders for which there is nothing.
 */
export function filledIn(
  layer: Deployment,
  current: readonly Parameter[] = [],
): { layer: Deployment; missing: Placeholder[] } {
  const missing: Placeholder[] = [];
  const given = { ...layer.given };
  for (const name of declaredParameters(layer.template).filter((each) => isPlaceholder(given[each]))) {
    const before = current.find(({ ParameterKey }) => ParameterKey === name)?.ParameterValue;
    if (before === undefined || isPlaceholder(before))
      missing.push({ layer: layer.name, name, value: String(given[name]) });
    else given[name] = before;
  }
  return { layer: { ...layer, given }, missing };
}

/** One line for each parameter, with the option that gives it. */
export function renderMissing(profile: string, missing: readonly Placeholder[]): string {
  const names = [...new Set(missing.map(({ name }) => name))];
  const lines = names.map((name) => {
    const [first] = missing.filter((each) => each.name === name);
    const layers = missing.filter((each) => each.name === name).map(({ layer }) => layer);
    return `  --parameter ${name}=...  instead of ${first?.value} (${layers.join(', ')})`;
  });
  return [
    `${profile} has values that only stand for yours. Nothing was made. Give them once; the stacks keep them:`,
    ...lines,
  ].join('\n');
}
