import { deployments } from '../infra-check/resolve/resolve-chapters.ts';
import { inDestroyOrder, ROLE_LAYER } from './destroy-order.ts';
import { resourcesOf, type StackResource } from './empty.ts';
import { isShared, type Target } from './target.ts';

/** A stack of the environment: what it holds, the role that it was made with, and why it is to stay, if it is. */
export type Doomed = {
  layer: string;
  stack: string;
  resources: StackResource[];
  boundTo: string | undefined;
  isTerminationProtected: boolean;
  whyKept: string | undefined;
};

/** The stacks that are there, in the order in which they are deleted. `whyRegistryStays` keeps what is shared. */
export async function destroyPlan(target: Target, whyRegistryStays: string | undefined): Promise<Doomed[]> {
  const { templates, profile, stacks, stackName, cloudFormation } = target;
  const plan: Doomed[] = [];
  for (const layer of inDestroyOrder(deployments(templates, profile).map(({ name }) => name))) {
    const stack = stackName(layer);
    const found = await stacks.find(stack);
    if (!found) continue;
    plan.push({
      layer,
      stack,
      resources: await resourcesOf(cloudFormation, stack),
      boundTo: found.RoleARN,
      isTerminationProtected: found.EnableTerminationProtection === true,
      whyKept: isShared(layer) ? whyRegistryStays : undefined,
    });
  }
  return keepingRole(plan);
}

/** A stack that stays could never be changed again without the role that it was made with. */
export function keepingRole(plan: readonly Doomed[]): Doomed[] {
  const bound = (role: Doomed) =>
    plan.find(({ whyKept, boundTo }) => whyKept !== undefined && boundTo !== undefined && holds(role, boundTo));
  return plan.map((each) => {
    const user = each.layer === ROLE_LAYER ? bound(each) : undefined;
    if (!user) return each;
    return { ...each, whyKept: `${user.stack} was made with its role; once that is gone, run this again` };
  });
}

/** The role by which to delete a stack: that which was asked for, but a role does not delete itself. */
export function roleFor(doomed: Doomed, asked: string | undefined): string | undefined {
  return asked !== undefined && holds(doomed, asked) ? undefined : asked;
}

function holds({ resources }: Doomed, roleArn: string): boolean {
  return resources.some(({ type, id }) => type === 'AWS::IAM::Role' && roleArn.endsWith(`/${id}`));
}
