/** The role by which CloudFormation works for a pipeline. */
export const ROLE_LAYER = 'delivery-role';

/**
 * The layers as they are deleted: backwards, but the role last of all. CloudFormation keeps for each stack the role that it was
 * made with, and deletes it by that role as long as no other is named: a stack whose role is gone cannot be deleted.
 */
export function inDestroyOrder(deployed: readonly string[]): string[] {
  const layers = deployed.filter((name) => name !== ROLE_LAYER).reverse();
  return ['root', ...layers, ROLE_LAYER];
}
