import { CreateServiceLinkedRoleCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Target } from './target.ts';

/** Region and credentials before anything is made: resolves to both in words. Rejects with what to do. */
export async function checkAccess({ sts }: Target): Promise<string> {
  const region = await sts.config.region().catch(() => {
    throw new Error('No AWS region is set. Set AWS_REGION, for instance AWS_REGION=eu-central-1.');
  });
  try {
    const { Account } = await sts.send(new GetCallerIdentityCommand({}));
    return `account ${Account}, region ${region}`;
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : error;
    throw new Error(`AWS does not take your credentials: ${reason}\nSign in first, for instance by: aws sso login`);
  }
}

/**
 * In an account that never used ECS, the first AWS::ECS::Cluster fails with "Unable to assume the service linked role". In a
 * template, the role would fail where it is already there (unverified).
 */
export async function ensureServiceLinkedRole({ iam }: Target, tell: (line: string) => void): Promise<void> {
  try {
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }));
  } catch (error) {
    const { name, message } = error as Error;
    // Taken: it is there. Whoever may not look or make it deploys into an account where somebody has.
    if (/has been taken|EntityAlreadyExists|already exists/.test(`${name} ${message}`)) return;
    if (!/AccessDenied/.test(name)) throw error;
    tell('May not make the service-linked role of ECS: if the cluster fails by it, ask for it or try once more.');
  }
}
