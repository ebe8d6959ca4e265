import { isObject, type Json, type JsonObject, listAt } from '../infra-check/resolve/json.ts';
import type { Resource, Stack } from '../infra-check/resolve/stack.ts';
import { type Token, tokenFor, tokensIn } from '../infra-check/resolve/tokens.ts';

/** What an emulator lacks: whole types with a reason, and attributes of types that it has. */
export type Lacks = { types: { [type: string]: string }; attributes: { [type: string]: readonly string[] } };
export type Stripped = { stack: Stack; left: Resource[] };

/**
 * Leaves out the resources of types that an emulator lacks. What refers to one gets a text that looks like an ARN, so that it
 * passes wherever an ARN or a name is due; nobody waits for one any more.
 */
export function strip(stack: Stack, { types, attributes }: Lacks): Stripped {
  const left = stack.resources.filter(({ type }) => types[type] !== undefined);
  const ids = new Set(left.map(({ id }) => id));
  const lacking = new Set(
    stack.resources.flatMap(({ id, type }) => (attributes[type] ?? []).map((attribute) => `${id}.${attribute}`)),
  );
  const isLacking = ({ stack: of, id, attribute }: Token) =>
    of === stack.name && (ids.has(id) || lacking.has(`${id}.${attribute}`));
  const without = (value: Json): Json => {
    if (typeof value === 'string') return withoutTokens(value, isLacking);
    if (Array.isArray(value)) return value.map(without);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, without(member)]));
  };
  const resources = stack.resources
    .filter(({ id }) => !ids.has(id))
    .map((resource) => {
      const body = withoutDependencies(without(resource.body) as JsonObject, ids);
      return { ...resource, body, properties: isObject(body.Properties) ? body.Properties : {} };
    });
  return { stack: { ...stack, resources, outputs: without(stack.outputs) as JsonObject }, left };
}

/** In place of what is left out: an ARN, which passes where an ARN or a name is due. */
export function standInFor(stack: string, id: string): string {
  return `arn:aws:left-out:us-east-1:123456789012:${stack}/${id}`;
}

function withoutTokens(text: string, isLacking: (token: Token) => boolean): string {
  return tokensIn(text)
    .filter(isLacking)
    .reduce((rest, { stack, id, attribute }) => {
      return rest.replaceAll(tokenFor(stack, id, attribute), standInFor(stack, id));
    }, text);
}

function withoutDependencies({ DependsOn, ...body }: JsonObject, ids: ReadonlySet<string>): JsonObject {
  const others = listAt(DependsOn).filter((id) => !ids.has(String(id)));
  return others.length > 0 ? { ...body, DependsOn: others } : body;
}
