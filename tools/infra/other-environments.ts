import { profileNames } from '../infra-check/resolve/read-infra.ts';
import { PROJECT, type Target } from './target.ts';

/** The other environments of this account and region that have a stack, and so may run images of the shared registry. */
export async function otherEnvironments({ stacks, profile }: Target): Promise<string[]> {
  const names = await stacks.names();
  return profileNames
    .filter((name) => name !== profile.name)
    .filter((name) => names.some((stack) => stack.startsWith(`${PROJECT}-${name}-`)));
}
