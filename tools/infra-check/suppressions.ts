/** A finding that stands on purpose; `where` without the line, which moves. */
export type Suppression = { rule: string; file: string; message: RegExp; reason: string };

/** Every exception from the rules, with its reason. A test fails when one suppresses nothing any more. */
export const suppressions: readonly Suppression[] = [
  {
    rule: 'I-2',
    file: 'infra/templates/delivery-role.yaml',
    message: /^delivery-role\/UnnamedPolicy grants .* on \*$/,
    reason: 'AWS ties these actions to no resource: the region alone limits what CloudFormation may make',
  },
  {
    rule: 'I-2',
    file: 'infra/templates/delivery-role.yaml',
    message: /^delivery-role\/Boundary grants .* on \*$/,
    reason:
      'a permissions boundary grants nothing: each role has what its own policies say, on the resources named there',
  },
];
