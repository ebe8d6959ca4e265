import { fileURLToPath } from 'node:url';
import { isObject, type JsonObject, listAt, objectsAt, textAt } from '../infra-check/resolve/json.ts';
import { profileNames, readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import { type Profile, resolveChapters } from '../infra-check/resolve/resolve-chapters.ts';
import { resolveNested } from '../infra-check/resolve/resolve-nested.ts';
import type { Resource, Shop } from '../infra-check/resolve/stack.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const templates = readTemplates(root);

/** A profile whose services, and root in their stead, have other parameters than its file says. */
export function profileWith(name: string, ofServices: JsonObject = {}, ofRoot: JsonObject = {}): Profile {
  const { values } = readProfile(root, name);
  const services = Object.entries(isObject(values.service) ? values.service : {}).map(([service, given]) => [
    service,
    { ...(isObject(given) ? given : {}), ...ofServices },
  ]);
  const whole = { ...(isObject(values.root) ? values.root : {}), ...ofRoot };
  return { name, values: { ...values, service: Object.fromEntries(services), root: whole } };
}

/** Every way in which the shop is deployed, with a name for the titles of tests. */
export const shops: [string, Shop][] = profileNames.flatMap((name): [string, Shop][] => [
  [`${name}, chapter by chapter`, resolveChapters(templates, profileWith(name))],
  [`${name}, nested`, resolveNested(templates, profileWith(name))],
]);

export function ofType(shop: Shop, type: string): Resource[] {
  return shop.stacks.flatMap(({ resources }) => resources.filter((each) => each.type === type));
}

/** Each container of each task definition, with the task's name before its own: `payment sandbox-gateway`. */
export function containersOf(shop: Shop): [string, JsonObject][] {
  return ofType(shop, 'AWS::ECS::TaskDefinition').flatMap(({ properties }) => {
    const [, task = ''] = /^fargate-shop-\w+-(.+)$/.exec(textAt(properties, 'Family') ?? '') ?? [];
    return objectsAt(properties, 'ContainerDefinitions').map((container): [string, JsonObject] => [
      `${task} ${textAt(container, 'Name')}`,
      container,
    ]);
  });
}

export function environmentOf(container: JsonObject): { [name: string]: string } {
  const pairs = listAt(container, 'Environment').map((pair) => [textAt(pair, 'Name'), textAt(pair, 'Value') ?? '']);
  return Object.fromEntries(pairs);
}
