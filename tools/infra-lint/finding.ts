/** A template as a file on the disk, to be looked at. */
export type Subject = {
  file: string;
  /** `network.yaml` for a template as it is written, `network` for a resolved one. */
  template: string;
  /** Of the resolved template; one as it is written has none. */
  profile: string;
};

/** One thing that a checker holds against a template. */
export type Finding = {
  checker: 'cfn-lint' | 'cfn-guard';
  /** Such as `E3002`, or `CT.ECS.PR.3`. */
  rule: string;
  subject: Subject;
  /** Logical id of the resource, or another part of the template such as `Outputs`. */
  place: string;
  message: string;
};
