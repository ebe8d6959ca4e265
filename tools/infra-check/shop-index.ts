import type { Json } from './resolve/json.ts';
import type { Resource, Shop } from './resolve/stack.ts';
import { type Token, tokensWithin } from './resolve/tokens.ts';

/** The resources of all stacks, to be found by type and by the references between them. */
export type ShopIndex = Shop & {
  resources: readonly Resource[];
  ofType(...types: string[]): Resource[];
  /** The resource of the first token in a value, whichever stack made it. */
  target(value: Json | undefined): Resource | undefined;
  targets(value: Json | undefined): Resource[];
  /** Whether a value leads to a resource. */
  leadsTo(value: Json | undefined, resource: Resource | undefined): boolean;
};

export function indexShop(shop: Shop): ShopIndex {
  const resources = shop.stacks.flatMap((stack) => stack.resources);
  const byKey = new Map(resources.map((resource) => [resource.key, resource]));
  const byToken = ({ stack, id }: Token) => byKey.get(`${stack}/${id}`) ?? [];
  const targets = (value: Json | undefined) => tokensWithin(value).flatMap(byToken);
  return {
    ...shop,
    resources,
    ofType: (...types) => resources.filter(({ type }) => types.includes(type)),
    target: (value) => targets(value)[0],
    targets,
    leadsTo: (value, resource) => resource !== undefined && targets(value).includes(resource),
  };
}
