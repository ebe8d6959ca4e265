import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../infra-check/resolve/json.ts';
import { isObject } from '../infra-check/resolve/json.ts';
import { declaredParameters } from '../infra-check/resolve/parameters.ts';
import type { Deployment } from '../infra-check/resolve/resolve-chapters.ts';
import { root } from './command.ts';
import { outputsOf } from './deploy-layers.ts';
import { nestedFiles, withAddresses } from './nested-templates.ts';
import { outcomeLine } from './outcome-line.ts';
import { readyLayers } from './ready-layers.ts';
import { asParameters } from './stack-parameters.ts';
import type { Target } from './target.ts';
import { uploadTemplates } from './template-bucket.ts';

export type NestedOptions = {
  imageTag: string;
  roleArn?: string | undefined;
  tell: (line: string) => void;
  folder?: string;
};

/** root.yaml as a stack to be, with real values for the placeholders of the profile. */
export async function readyRoot(target: Target): Promise<Deployment> {
  if (target.emulator)
    throw new Error(
      'An emulator cannot deploy root.yaml: moto makes nested stacks, but gives their parent none of their outputs (GetAtt of ' +
        'AWS::CloudFormation::Stack), by which root.yaml wires one to the other. Leave --nested out.',
    );
  const template = target.templates.find(({ name }) => name === 'root');
  if (!template) throw new Error('There is no root.yaml.');
  const values = isObject(target.profile.values.root) ? target.profile.values.root : {};
  const given: JsonObject = { EnvironmentName: target.profile.name, ...values };
  const [ready] = await readyLayers(target, [{ name: 'root', template, given, own: values, prefix: '' }]);
  if (!ready) throw new Error('There is no root.yaml.');
  return ready;
}

/** The whole shop but the registry as one stack of stacks. `folder` has infra/templates in it. Resolves to its outputs. */
export async function deployNested(
  target: Target,
  { template, given }: Deployment,
  { imageTag, roleArn, tell, folder = root }: NestedOptions,
): Promise<JsonObject> {
  const startedAt = Date.now();
  const addressOf = await uploadTemplates(target, nestedFiles(folder, target.templates));
  const name = target.stackName('root');
  const declared = declaredParameters(template);
  const values = Object.entries({ ...given, ImageTag: imageTag }).filter(([each]) => declared.includes(each));
  const outcome = await target.stacks.deploy({
    name,
    body: withAddresses(readFileSync(join(folder, template.file), 'utf8'), addressOf),
    parameters: asParameters(Object.fromEntries(values)),
    tags: target.tags,
    ...(roleArn === undefined ? {} : { roleArn }),
  });
  tell(outcomeLine(name, outcome, startedAt));
  return outputsOf((await target.stacks.find(name))?.Outputs);
}
