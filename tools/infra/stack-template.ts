import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../infra-check/resolve/json.ts';
import type { Deployment } from '../infra-check/resolve/resolve-chapters.ts';
import { resolveStack } from '../infra-check/resolve/resolve-stack.ts';
import { toTemplate } from '../infra-check/resolve/to-template.ts';
import { emulatorLacks, emulatorLacksAttributes } from './emulator-lacks.ts';
import { strip } from './strip.ts';

export type StackTemplate = { body: string; leftOut: { id: string; type: string }[] };

/** The file as it is, for AWS. */
export function writtenTemplate(root: string, { template }: Deployment): StackTemplate {
  return { body: readFileSync(join(root, template.file), 'utf8'), leftOut: [] };
}

/** Plain JSON without what the emulator lacks. Throws when the parameters do not fit the template. */
export function emulatorTemplate({ name, template }: Deployment, values: JsonObject): StackTemplate {
  const resolved = resolveStack(name, template, values);
  const [fault] = resolved.faults;
  if (fault) throw new Error(`${name}: ${fault.message} (${fault.where})`);
  const { stack, left } = strip(resolved, { types: emulatorLacks, attributes: emulatorLacksAttributes });
  // Declared, though nothing uses them any more, so that the stack still tells what it was deployed with.
  const Parameters = Object.fromEntries(Object.keys(values).map((each) => [each, { Type: 'String' }]));
  const body = { ...toTemplate(stack), Parameters };
  return { body: JSON.stringify(body), leftOut: left.map(({ id, type }) => ({ id, type })) };
}
