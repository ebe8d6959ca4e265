import { type JsonObject, textAt } from '../infra-check/resolve/json.ts';
import type { Resource, Shop } from '../infra-check/resolve/stack.ts';
import { tokenFor, tokensIn } from '../infra-check/resolve/tokens.ts';
import { emulatorLacks, emulatorLacksAttributes } from './emulator-lacks.ts';
import { standInFor, strip } from './strip.ts';

export function isNested({ type }: Resource): boolean {
  return type === 'AWS::CloudFormation::Stack';
}

/** The name of the stack that a resource nests, as the resolver gives it. */
export function childOf(resource: Resource): string | undefined {
  if (!isNested(resource)) return undefined;
  const template = (textAt(resource.properties, 'TemplateURL') ?? '').replace(/^.*\/|\.ya?ml$/g, '');
  const service = textAt(resource.properties, 'Parameters', 'ServiceName');
  return service === undefined ? template : `${template}-${service}`;
}

/** Without what the emulator lacks, nor what other stacks take from that. */
export function stripShop(shop: Shop): Shop {
  const lacks = { types: emulatorLacks, attributes: emulatorLacksAttributes };
  const types = new Map(shop.stacks.flatMap(({ resources }) => resources.map(({ key, type }) => [key, type])));
  const withoutForeign = (text: string) =>
    tokensIn(text)
      .filter(({ stack, id, attribute = '' }) => {
        const type = types.get(`${stack}/${id}`) ?? '';
        return emulatorLacks[type] !== undefined || emulatorLacksAttributes[type]?.includes(attribute);
      })
      .reduce(
        (rest, { stack, id, attribute }) => rest.replaceAll(tokenFor(stack, id, attribute), standInFor(stack, id)),
        text,
      );
  const plain = (value: JsonObject): JsonObject =>
    JSON.parse(JSON.stringify(value), (_name, each) => (typeof each === 'string' ? withoutForeign(each) : each));
  const stacks = shop.stacks.map((each) => {
    const { stack } = strip(each, lacks);
    const resources = stack.resources.map((resource) => {
      const body = plain(resource.body);
      return { ...resource, body, properties: (body.Properties ?? {}) as JsonObject };
    });
    return { ...stack, resources };
  });
  return { ...shop, stacks };
}
