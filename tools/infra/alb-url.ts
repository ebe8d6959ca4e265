import type { Target } from './target.ts';

/** Where the shop answers, by the stack of its platform, or by the root when it is one stack of stacks. */
export async function albUrl({ stacks, stackName }: Target): Promise<string | undefined> {
  for (const layer of ['platform', 'root']) {
    const stack = await stacks.find(stackName(layer));
    const url = stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'AlbUrl')?.OutputValue;
    if (url !== undefined) return url;
  }
  return undefined;
}
