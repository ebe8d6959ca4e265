import type { Template } from './read-template.ts';
import { type Profile, resolveChapters } from './resolve-chapters.ts';
import { resolveNested } from './resolve-nested.ts';
import type { Shop } from './stack.ts';

/** A profile in both ways in which it can be deployed: chapter by chapter, and nested under root.yaml. */
export function resolveShops(templates: readonly Template[], profile: Profile): Shop[] {
  return [resolveChapters(templates, profile), resolveNested(templates, profile)].filter(
    ({ stacks }) => stacks.length > 0,
  );
}
