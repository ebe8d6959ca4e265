import type { Deployment } from '../infra-check/resolve/resolve-chapters.ts';
import { filledIn, renderMissing } from './placeholders.ts';
import type { Target } from './target.ts';

/**
 * The layers with real values for all placeholders of the profile. Rejects before anything is made: a deployment must not stop
 * half way for want of a certificate, nor take a placeholder for one.
 */
export async function readyLayers(target: Target, layers: readonly Deployment[]): Promise<Deployment[]> {
  const ready = await Promise.all(
    layers.map(async (layer) => {
      if (filledIn(layer).missing.length === 0) return { layer, missing: [] };
      return filledIn(layer, (await target.stacks.find(target.stackName(layer.name)))?.Parameters);
    }),
  );
  const missing = ready.flatMap((each) => each.missing);
  if (missing.length > 0) throw new Error(renderMissing(target.profile.name, missing));
  return ready.map(({ layer }) => layer);
}
