import type { Doomed } from './destroy-plan.ts';
import { emptyResources } from './empty.ts';
import type { Target } from './target.ts';

/** Deletes a stack with all that it holds. Rejects with what CloudFormation says of each resource that stays. */
export async function removeStack(
  target: Pick<Target, 's3' | 'ecr' | 'stacks'>,
  { stack, resources }: Pick<Doomed, 'stack' | 'resources'>,
  roleArn?: string,
): Promise<void> {
  await emptyResources(target, resources);
  try {
    await target.stacks.remove(stack, roleArn);
  } catch (error) {
    const buckets = resources.filter(({ type }) => type === 'AWS::S3::Bucket');
    const left = await target.stacks.find(stack);
    if (buckets.length === 0 || left?.StackStatus !== 'DELETE_FAILED') throw error;
    // The balancer writes its log every five minutes, and may have done so before it was gone: now nobody writes any more.
    await emptyResources(target, buckets);
    await target.stacks.remove(stack, roleArn);
  }
}
