import { boundaryActions, unnamedActions } from './unnamed-actions.ts';

/** Findings that stand on purpose: a rule's messages about a file, each to the letter, so that no other passes with them. */
export type Suppression = { rule: string; file: string; messages: readonly string[]; reason: string };

const DELIVERY_ROLE = 'infra/templates/delivery-role.yaml';

/** Every exception from the rules, with its reason. One that nothing needs any more is a finding itself. */
export const suppressions: readonly Suppression[] = [
  {
    rule: 'I-2',
    file: DELIVERY_ROLE,
    messages: unnamedActions.map((action) => `delivery-role/UnnamedPolicy grants ${action} on *`),
    reason: 'AWS ties these actions to no resource: the region alone limits what CloudFormation may make',
  },
  {
    rule: 'I-2',
    file: DELIVERY_ROLE,
    messages: boundaryActions.map((action) => `delivery-role/Boundary grants ${action} on *`),
    reason:
      'a permissions boundary grants nothing: each role has what its own policies say, on the resources named there',
  },
];
