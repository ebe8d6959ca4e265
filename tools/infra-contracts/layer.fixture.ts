import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../infra-check/resolve/json.ts';
import { readTemplates } from '../infra-check/resolve/read-infra.ts';
import { resolveStack } from '../infra-check/resolve/resolve-stack.ts';
import type { Stack } from '../infra-check/resolve/stack.ts';

const templates = readTemplates(fileURLToPath(new URL('../..', import.meta.url)));

/** One layer by itself; parameters that are not given have their defaults. */
export function layer(name: string, parameters: JsonObject): Stack {
  const template = templates.find((each) => each.name === name);
  if (!template) throw new Error(`There is no template ${name}`);
  return resolveStack(name, template, parameters);
}

/** The properties of a layer's resources of one type, by their ids. */
export function resourcesOf(name: string, parameters: JsonObject, type: string): { [id: string]: JsonObject } {
  const found = layer(name, parameters).resources.filter((each) => each.type === type);
  return Object.fromEntries(found.map(({ id, properties }) => [id, properties]));
}
