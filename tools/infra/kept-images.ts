import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { at, isObject, type JsonObject } from '../infra-check/resolve/json.ts';
import { declaredParameters } from '../infra-check/resolve/parameters.ts';
import type { Template } from '../infra-check/resolve/read-template.ts';
import type { Deployment } from '../infra-check/resolve/resolve-chapters.ts';
import type { Target } from './target.ts';

/** The images of ours that each layer was deployed with, by layer and parameter. */
export type KeptImages = { [layer: string]: { [parameter: string]: string } };

/** What the stacks have now. A layer that is not there, or that runs nothing of ours, is not in it. */
export async function imagesOf({ stacks, stackName }: Target, layers: readonly Deployment[]): Promise<KeptImages> {
  const kept: KeptImages = {};
  for (const { name, template } of layers) {
    const { Parameters = [], StackStatus = '' } = (await stacks.find(stackName(name))) ?? {};
    // A first creation that failed never ran: its images are nothing to go back to.
    if (/^(ROLLBACK|CREATE_FAILED|DELETE|REVIEW)/.test(StackStatus)) continue;
    const ours = imageParameters(template);
    const images = Parameters.flatMap(({ ParameterKey: key = '', ParameterValue: value }) =>
      ours.includes(key) && value ? [[key, value]] : [],
    );
    if (images.length > 0) kept[name] = Object.fromEntries(images);
  }
  return kept;
}

/** An image of another program has a default. */
function imageParameters(template: Template): string[] {
  return declaredParameters(template).filter(
    (name) => name.endsWith('ImageUri') && !at(template.body, 'Parameters', name, 'Default'),
  );
}

export function writeImages(file: string, images: KeptImages): void {
  const path = inUsersFolder(file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(images, null, 2)}\n`);
}

/** Undefined when there is no such file. */
export function readImages(file: string): KeptImages | undefined {
  const path = inUsersFolder(file);
  if (!existsSync(path)) return undefined;
  const read = JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
  const isImages = Object.values(read).every(
    (layer) => isObject(layer) && Object.values(layer).every((image) => typeof image === 'string'),
  );
  if (!isImages) throw new Error(`${file} does not hold the images of layers, as --save-images writes them.`);
  return read as KeptImages;
}

/** npm starts its scripts in the folder of package.json. */
function inUsersFolder(file: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), file);
}
