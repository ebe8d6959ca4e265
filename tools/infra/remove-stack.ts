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
    if (!resources.some(({ type }) => type === 'AWS::S3::Bucket')) throw error;
    // The balancer writes its log every five minutes, and may have done so before it was gone: now nobody writes any more.
    await emptyBucketsThatStayed(target, resources);
    await target.stacks.remove(stack, roleArn);
  }
}

async function emptyBucketsThatStayed(
  target: Pick<Target, 's3' | 'ecr'>,
  resources: Doomed['resources'],
): Promise<void> {
  for (const bucket of resources.filter(({ type }) => type === 'AWS::S3::Bucket')) {
    await emptyResources(target, [bucket]).catch((error: Error) => {
      if (error.name !== 'NoSuchBucket') throw error;
    });
  }
}
