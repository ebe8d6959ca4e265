import type { KeptImages } from './kept-images.ts';
import { outcomeLine } from './outcome-line.ts';
import type { Outcome } from './stacks.ts';
import type { Target } from './target.ts';

export type GoBackOptions = { roleArn?: string | undefined; tell: (line: string) => void };
type Back = Outcome | 'not there';

/**
 * Has each layer run the images of before: its template and all other parameters stay those that its stack has. All layers at
 * once, so that one that fails or takes its time does not keep the others from it; rejects at the end with all that failed.
 */
export async function goBack(target: Target, images: KeptImages, options: GoBackOptions): Promise<void> {
  const layers = Object.entries(images);
  const ends = await Promise.allSettled(layers.map(([layer, values]) => goBackOne(target, layer, values, options)));
  const failures = ends.flatMap((end) => (end.status === 'rejected' ? [messageOf(end.reason)] : []));
  if (failures.length > 0)
    throw new Error([`${failures.length} of ${layers.length} layers did not go back:`, ...failures].join('\n'));
}

async function goBackOne(
  target: Target,
  layer: string,
  values: { [parameter: string]: string },
  options: GoBackOptions,
): Promise<void> {
  const name = target.stackName(layer);
  const startedAt = Date.now();
  try {
    const outcome = await restore(target, name, values, options);
    options.tell(
      outcome === 'not there' ? `${name} is not there, so it is left out.` : outcomeLine(name, outcome, startedAt),
    );
  } catch (error) {
    options.tell(outcomeLine(name, 'FAILED', startedAt));
    throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function restore(
  { stacks }: Target,
  name: string,
  values: { [parameter: string]: string },
  { roleArn, tell }: GoBackOptions,
): Promise<Back> {
  const found = await stacks.find(name);
  if (found?.StackStatus === 'UPDATE_IN_PROGRESS') {
    // A deployment that was given up: its stack may wait for tasks that never become healthy, for hours.
    tell(`${name} is being updated, which is cancelled.`);
    await stacks.cancelUpdate(name);
  }
  const stack = await stacks.settled(name);
  if (!stack) return 'not there';
  const current = new Map(stack.Parameters?.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]));
  const unknown = Object.keys(values).filter((parameter) => !current.has(parameter));
  if (unknown.length > 0) throw new Error(`${name} has no parameter ${unknown.join(', ')} any more.`);
  if (Object.entries(values).some(([parameter, image]) => current.get(parameter) !== image))
    return stacks.changeParameters({ stack, values, roleArn });
  if (/FAILED$/.test(stack.StackStatus ?? ''))
    throw new Error(`${name} has the images of before, and is ${stack.StackStatus}: see its events.`);
  return 'no changes';
}
