import type { Deployment } from '../infra-check/resolve/resolve-chapters.ts';
import { optionalLayers } from './layers.ts';
import type { Target } from './target.ts';

/** Both ways of deploying give things the same names, so there can be one of them at a time. */
export async function refuseOtherWay(target: Target, layers: readonly Deployment[], isNested: boolean): Promise<void> {
  // What is deployed by name stands beside the shop, whichever way that was made.
  if (layers.every(({ template }) => optionalLayers[template.name] !== undefined)) return;
  const [chapter, whole] = [target.stackName('network'), target.stackName('root')];
  const isThere = async (name: string) => (await target.stacks.find(name)) !== undefined;
  // By name, one by one: a pipeline may ask for the stacks of the shop, and not for a list of all.
  const hasRoot = await isThere(whole);
  if (!isNested && hasRoot) throw new Error(`${whole} is there: ${target.profile.name} is deployed with --nested.`);
  if (isNested && !hasRoot && (await isThere(chapter)))
    throw new Error(
      `${chapter} is there: ${target.profile.name} is deployed layer by layer. Destroy it before --nested.`,
    );
}
