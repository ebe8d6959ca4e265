import { isPerService } from '../infra-check/resolve/deployment-order.ts';
import type { JsonObject } from '../infra-check/resolve/json.ts';
import { declaredParameters } from '../infra-check/resolve/parameters.ts';
import type { Deployment } from '../infra-check/resolve/resolve-chapters.ts';
import { checkBuildTag } from './build-tag.ts';
import { root } from './command.ts';
import { pushImages, type Repository, repositoriesOf, withoutImage } from './images.ts';
import { type Digests, digestsOf } from './pin-images.ts';
import { isShared, type Target } from './target.ts';

/** Images are there before the first layer that is no registry: what lacks or cannot be built is to be noticed before it costs. */
export function imagesFirst(target: Target, layers: readonly Deployment[], tag: string | undefined, skipPush: boolean) {
  let digests: Promise<Digests> | undefined;
  const isPushed = target.emulator && skipPush;
  const push = async (repositories: readonly Repository[], tag: string) => {
    if (!isPushed) await pushMissing(target, repositories, tag, skipPush);
    return digestsOf(target, repositories, tag);
  };
  return async ({ name }: Deployment, outputs: JsonObject): Promise<Digests> => {
    if (tag === undefined || isShared(name) || !layers.some(runsImages)) return new Map();
    digests ??= push(repositoriesOf(root, outputs), tag);
    return digests;
  };
}

function runsImages({ template }: Deployment): boolean {
  const mayRun = template.name.startsWith('jobs') || isPerService(template.name);
  return mayRun && declaredParameters(template).some((name) => /^(\w+)?ImageUri$/.test(name));
}

/** Builds and pushes what the repositories do not hold; or tells it, if nothing is to be pushed. */
export async function pushMissing(
  target: Target,
  repositories: readonly Repository[],
  tag: string,
  skipPush: boolean,
): Promise<void> {
  const missing = await withoutImage(target, repositories, tag);
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  if (skipPush) throw new Error(`There is no image ${tag} in ${names}: leave --skip-push out.`);
  checkBuildTag(root, tag);
  console.log(`Building and pushing ${names}`);
  await pushImages(root, target, missing, tag);
}
