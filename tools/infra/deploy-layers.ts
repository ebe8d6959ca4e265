import type { Output } from '@aws-sdk/client-cloudformation';
import type { JsonObject } from '../infra-check/resolve/json.ts';
import { resolveParameters } from '../infra-check/resolve/parameters.ts';
import { type Deployment, deployments } from '../infra-check/resolve/resolve-chapters.ts';
import { root } from './command.ts';
import { emulatorLacks } from './emulator-lacks.ts';
import { outcomeLine } from './outcome-line.ts';
import type { Digests } from './pin-images.ts';
import { readyLayers } from './ready-layers.ts';
import { asParameters, namedOutputs, stackParameters } from './stack-parameters.ts';
import { emulatorTemplate, writtenTemplate } from './stack-template.ts';
import type { Target } from './target.ts';

type LeftOut = { id: string; type: string };

export type Options = {
  imageTag?: string | undefined;
  roleArn?: string | undefined;
  tell: (line: string) => void;
  /** Called before each layer, with the outputs so far; resolves to the digests of the images, as far as they are known. */
  before?: (deployment: Deployment, outputs: JsonObject) => Promise<Digests>;
};

/**
 * Layer by layer, each fed with the outputs of those before it in the order of deployment, whether deployed now or earlier.
 * Resolves to all outputs.
 */
export async function deployLayers(
  target: Target,
  layers: readonly Deployment[],
  options: Options,
): Promise<JsonObject> {
  const ready = await readyLayers(target, layers);
  const outputs: JsonObject = { EnvironmentName: target.profile.name };
  const leftOut: LeftOut[] = [];
  for (const each of deployments(target.templates, target.profile)) {
    const layer = ready.find(({ name }) => name === each.name);
    if (layer) leftOut.push(...(await deployLayer(target, layer, outputs, options)));
    const stack = await target.stacks.find(target.stackName(each.name));
    Object.assign(outputs, namedOutputs(each, outputsOf(stack?.Outputs)));
  }
  for (const line of leftOutLines(leftOut)) options.tell(line);
  return outputs;
}

async function deployLayer(
  target: Target,
  layer: Deployment,
  outputs: JsonObject,
  options: Options,
): Promise<LeftOut[]> {
  const digests = await options.before?.(layer, outputs);
  const startedAt = Date.now();
  const name = target.stackName(layer.name);
  const current = await target.stacks.find(name);
  const values = stackParameters(layer, outputs, current?.Parameters ?? [], options.imageTag);
  for (const [parameter, value] of Object.entries(values)) values[parameter] = digests?.get(String(value)) ?? value;
  checkParameters(layer, values);
  const { body, leftOut } = target.emulator ? emulatorTemplate(layer, values) : writtenTemplate(root, layer);
  const access = options.roleArn === undefined ? {} : { roleArn: options.roleArn };
  const outcome = await target.stacks.deploy({
    name,
    body,
    parameters: asParameters(values),
    tags: target.tagsOf(layer.name),
    ...access,
  });
  options.tell(outcomeLine(name, outcome, startedAt));
  return leftOut.map(({ id, type }) => ({ id: `${layer.name}/${id}`, type }));
}

export function outputsOf(outputs: readonly Output[] = []): JsonObject {
  return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

/** CloudFormation would say so too, of the first parameter and without a hint. */
function checkParameters({ name, template }: Deployment, values: JsonObject): void {
  const { faults } = resolveParameters(template, values);
  if (faults.length === 0) return;
  const lines = faults.map(({ message, where }) => `  ${message} (${where})`);
  const hint = 'Values come from the profile, from layers that were deployed before, and for images from --image-tag.';
  throw new Error([`${name} cannot be deployed:`, ...lines, hint].join('\n'));
}

function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return [];
  const types = [...new Set(leftOut.map(({ type }) => type))].sort();
  const lines = types.map((type) => {
    const ids = leftOut.filter((each) => each.type === type).map(({ id }) => id);
    return `  ${type} (${emulatorLacks[type]}): ${ids.join(', ')}`;
  });
  return [`Left out, as the emulator lacks them: ${leftOut.length} resources of ${types.length} types`, ...lines];
}
