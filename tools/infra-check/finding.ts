import type { Facts } from './facts.ts';
import type { Json } from './resolve/json.ts';
import { whereIs } from './resolve/lines.ts';
import type { ShopIndex } from './shop-index.ts';

/** One thing that is wrong: what, where, and how to mend it. */
export type Problem = { message: string; where: string; mend: string };

/** A pure function over one resolved profile. */
export type Check = (shop: ShopIndex, facts: Facts) => Problem[];

export type Rule = {
  /** As in the list of rules, such as `S-1`. */
  id: string;
  /** The mistake of the field that the rule is about. */
  mistake: string;
  /** What holds in a good template. */
  holds: string;
  check: Check;
};

export type Finding = Problem & { rule: string; mistake: string; profile: string };

/** `place` is the object that holds the mistake, `member` the property in it. */
export function problem(message: string, mend: string, place: Json | undefined, member?: string | number): Problem {
  return { message, mend, where: whereIs(place, member) };
}
