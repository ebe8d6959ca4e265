import type { JsonObject } from '../infra-check/resolve/json.ts';
import type { Template } from '../infra-check/resolve/read-template.ts';
import { type Deployment, deployments, type Profile } from '../infra-check/resolve/resolve-chapters.ts';
import type { Target } from './target.ts';

/** Templates that are deployed by name only, and why the shop is whole without them. */
export const optionalLayers: { [template: string]: string } = {
  'delivery-role': 'for deployments by a pipeline; a person deploys with their own rights',
  delivery: 'needs your GitHub repository',
  'delivery-pipeline': 'needs your repository and your connection to its host',
  certificate: 'needs a zone of yours in Route 53',
  dns: 'needs a zone of yours in Route 53',
  nlb: 'for partners who need fixed addresses; costs by the hour',
  'jobs-batch': 'another way for the nightly job than jobs',
};

/** What to deploy, in order: the whole shop, or one layer, which may be a template or one service's instance of it. */
export function layersOf(templates: readonly Template[], profile: Profile, layer?: string): Deployment[] {
  const all = deployments(templates, profile);
  if (layer === undefined) return all.filter(({ template }) => optionalLayers[template.name] === undefined);
  const chosen = all.filter(({ name, template }) => name === layer || template.name === layer);
  if (chosen.length === 0)
    throw new Error(`There is no layer "${layer}". There are ${all.map(({ name }) => name).join(', ')}.`);
  return chosen;
}

/** What a paused shop differs by; a rush would start tasks again. */
const pausedParameters: { [template: string]: JsonObject } = {
  'service-scaling': { MinCapacity: '0', MaxCapacity: '0', RushSchedule: '' },
  'service-alarms': { MinCapacity: '0' },
  jobs: { ScheduleState: 'DISABLED' },
  network: { NatMode: 'none' },
};

export function pausableLayers(templates: readonly Template[], profile: Profile): Deployment[] {
  return deployments(templates, profile).filter(({ template }) => pausedParameters[template.name] !== undefined);
}

/** The layer as it is while the shop is paused. */
export function paused(layer: Deployment): Deployment {
  return { ...layer, given: { ...layer.given, ...pausedParameters[layer.template.name] } };
}

/** Those that are deployed already: pausing and resuming must not make anything. */
export async function existingLayers(
  { stacks, stackName }: Target,
  layers: readonly Deployment[],
): Promise<Deployment[]> {
  if (await stacks.find(stackName('root')))
    throw new Error(
      'A shop in one stack is paused by its parameters: infra:deploy -- --nested --parameter MinCapacity=0 ...',
    );
  const found = await Promise.all(layers.map(({ name }) => stacks.find(stackName(name))));
  return layers.filter((_layer, index) => found[index] !== undefined);
}
