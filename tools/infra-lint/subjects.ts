import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import type { Template } from '../infra-check/resolve/read-template.ts';
import { resolveShops } from '../infra-check/resolve/resolve-shop.ts';
import { toTemplate } from '../infra-check/resolve/to-template.ts';
import { asSent } from './as-sent.ts';
import type { Subject } from './finding.ts';
import { standInsFor } from './stand-ins.ts';

export const AS_WRITTEN = 'as written';

/** The templates as they are written. */
export function writtenSubjects(root: string): Subject[] {
  return globSync('infra/templates/*.yaml', { cwd: root })
    .sort()
    .map((file) => ({ file: join(root, file), template: file.replace(/^.*\//, ''), profile: AS_WRITTEN }));
}

/**
 * Every stack of a profile, resolved and written to a folder, chapter by chapter and nested. What both ways of deploying make
 * equal is looked at once.
 */
export function resolvedSubjects(
  root: string,
  profile: string,
  folder: string,
  templates: readonly Template[] = readTemplates(root),
): Subject[] {
  const texts = new Set<string>();
  return resolveShops(templates, readProfile(root, profile)).flatMap((shop) =>
    shop.stacks.flatMap((stack) => {
      const text = JSON.stringify(asSent(toTemplate(stack, standInsFor(shop))), null, 1);
      if (texts.has(text)) return [];
      texts.add(text);
      const file = join(folder, profile, shop.mode, `${stack.name}.json`);
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, text);
      return [{ file, template: stack.name, profile }];
    }),
  );
}
