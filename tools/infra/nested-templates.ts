import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from '../infra-check/resolve/read-template.ts';

export type TemplateFile = { name: string; body: string };

const ADDRESS = /TemplateURL: \.\/([\w-]+\.yaml)/g;

/** The templates that are nested, as they are written; root.yaml is not among them, as it is sent and not fetched. */
export function nestedFiles(root: string, templates: readonly Template[]): TemplateFile[] {
  const texts = new Map(templates.map(({ name, file }) => [`${name}.yaml`, readFileSync(join(root, file), 'utf8')]));
  const found = new Map<string, string>();
  const add = (name: string) => {
    const body = texts.get(name);
    if (body === undefined) throw new Error(`root.yaml nests ${name}, which does not exist.`);
    if (found.has(name)) return;
    found.set(name, body);
    for (const child of childrenOf(body)) add(child);
  };
  for (const child of childrenOf(texts.get('root.yaml') ?? '')) add(child);
  return [...found].map(([name, body]) => ({ name, body }));
}

/** A text with the addresses at which CloudFormation finds what it nests. */
export function withAddresses(body: string, addressOf: (name: string) => string): string {
  return body.replaceAll(ADDRESS, (_whole, name: string) => `TemplateURL: ${addressOf(name)}`);
}

function childrenOf(body: string): string[] {
  return [...body.matchAll(ADDRESS)].map(([, name = '']) => name);
}
