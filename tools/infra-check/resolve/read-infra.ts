import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Edit, readTemplate, type Template } from './read-template.ts';
import type { Profile } from './resolve-chapters.ts';

export const profileNames = ['workshop', 'production'] as const;
export type ProfileName = (typeof profileNames)[number];

/** The templates under `infra/templates`, with the edits of a test, by file name such as `network.yaml`. */
export function readTemplates(root: string, edits: { [file: string]: Edit } = {}): Template[] {
  return globSync('*.yaml', { cwd: join(root, 'infra/templates') })
    .sort()
    .map((name) => {
      const file = `infra/templates/${name}`;
      return readTemplate(file, readFileSync(join(root, file), 'utf8'), edits[name]);
    });
}

/** The parameters of a profile; none when its file does not exist. */
export function readProfile(root: string, name: string): Profile {
  const file = join(root, 'infra/params', `${name}.json`);
  return { name, values: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {} };
}
