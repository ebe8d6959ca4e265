import { paginateListStacks } from '@aws-sdk/client-cloudformation';
import { profileNames } from '../infra-check/resolve/read-infra.ts';
import { ROLE_LAYER } from './destroy-order.ts';
import { PROJECT } from './project.ts';
import { stackName, type Target } from './target.ts';

/**
 * The other environments of this account and region that have a stack, and so may run images of the shared registry. The role that
 * one left behind, because the registry needs it, runs nothing.
 */
export async function otherEnvironments({ cloudFormation: client, profile }: Target): Promise<string[]> {
  const names: string[] = [];
  for await (const { StackSummaries = [] } of paginateListStacks({ client }, {}))
    for (const { StackName = '', StackStatus } of StackSummaries)
      if (StackStatus !== 'DELETE_COMPLETE') names.push(StackName);
  return profileNames
    .filter((name) => name !== profile.name)
    .filter((name) =>
      names.some((stack) => stack.startsWith(`${PROJECT}-${name}-`) && stack !== stackName(name, ROLE_LAYER)),
    );
}
