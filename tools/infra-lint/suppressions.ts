import type { Finding } from './finding.ts';

/** A finding that stands on purpose, in each of these profiles. */
export type Suppression = {
  rules: readonly string[];
  profiles: readonly string[];
  /** Name of the template, or of the stack when it is resolved. */
  template: RegExp;
  place: RegExp;
  reason: string;
};

const asWritten = ['as written'];
const workshop = ['workshop'];
const production = ['production'];
const both = ['workshop', 'production'];
const anywhere = /./;

/** Every exception from cfn-lint and cfn-guard. One that suppresses nothing in one of its profiles is itself a finding. */
export const suppressions: readonly Suppression[] = [
  {
    rules: ['W3002'],
    profiles: asWritten,
    template: /^root(-service)?\.yaml$/,
    place: anywhere,
    reason: 'the addresses are local until `aws cloudformation package` has put the templates into a bucket',
  },
  {
    rules: ['W1030'],
    profiles: asWritten,
    template: /^(service|jobs)-access\.yaml$/,
    place: /^Parameters$/,
    reason: 'an ARN that is empty where there is no such thing is then not used either',
  },
  {
    rules: ['W3010'],
    profiles: both,
    template: /^network$/,
    place: /Subnet[AB]$/,
    reason: 'the template selects zones from Fn::GetAZs; here the function is resolved already',
  },
  {
    rules: ['CT.EC2.PR.5'],
    profiles: both,
    template: /^network$/,
    place: /InAnswers$/,
    reason: 'entries with lower numbers, which are asked first, deny 22 and 3389; answers come to ports 1024-65535',
  },
  {
    rules: ['CT.CLOUDWATCH.PR.3'],
    profiles: both,
    template: anywhere,
    place: /LogGroup$/,
    reason:
      "CloudWatch Logs encrypts by its own key; logs hold no secret and no buyer's data, so a key of ours adds cost only",
  },
  {
    rules: ['CT.CLOUDWATCH.PR.1'],
    profiles: both,
    template: /^(service-routing|service-alarms)-|^observability$/,
    place: /Alarm$/,
    reason: 'composite alarms, and the circuit breaker, look at these and act: one call for one trouble',
  },
  {
    rules: ['CT.ECS.PR.2'],
    profiles: both,
    template: /^platform$/,
    place: /^Cluster$/,
    reason:
      'production says `enhanced`, which is more than the `enabled` of the rule; the workshop does not pay for it',
  },
  {
    rules: ['CT.SQS.PR.1'],
    profiles: both,
    template: /^jobs(-batch)?$/,
    place: /^DeadLetterQueue$/,
    reason: 'it is the dead-letter queue itself, and what fills it is the scheduler and no queue',
  },
  {
    rules: ['CT.S3.PR.2', 'CT.S3.PR.4', 'CT.S3.PR.9', 'CT.S3.PR.10', 'CT.S3.PR.11'],
    profiles: both,
    template: /^platform$/,
    place: /^AccessLogBucket$/,
    reason: 'it holds access logs for 90 days, written once by the balancer, which can use no key but that of S3',
  },
  {
    rules: ['CT.S3.PR.2', 'CT.S3.PR.4', 'CT.S3.PR.9', 'CT.S3.PR.10', 'CT.S3.PR.11'],
    profiles: both,
    template: /^delivery-pipeline$/,
    place: /^ArtifactBucket$/,
    reason:
      'it holds copies of the code for 30 days, encrypted by the key of S3; the repository has the code and its history',
  },
  {
    rules: ['CT.CODEBUILD.PR.4'],
    profiles: both,
    template: /^delivery-pipeline$/,
    place: /^Build$/,
    reason: 'a build makes images, and .ci/run starts containers: both need Docker, which needs privileged mode here',
  },
  {
    rules: ['CT.S3.PR.8'],
    profiles: both,
    template: /^(platform|delivery-pipeline)$/,
    place: /^(AccessLog|Artifact)Access$/,
    reason: 'the statement is there; the rule knows Fn::Join for the objects of the bucket, and not Fn::Sub',
  },
  {
    rules: ['CT.ELASTICLOADBALANCING.PR.6'],
    profiles: both,
    template: /^nlb$/,
    place: /^NetworkLoadBalancer$/,
    reason: 'each connection goes on to the other balancer, which logs the requests in it',
  },
  {
    rules: ['CT.KMS.PR.3'],
    profiles: production,
    template: /^data$/,
    place: /^DataKey$/,
    reason: 'the key policy allows grants through DynamoDB and Secrets Manager only, by kms:ViaService',
  },
  {
    rules: ['CT.CLOUDWATCH.PR.2'],
    profiles: production,
    template: /^observability$/,
    place: /^EventLogGroup$/,
    reason: 'why a task stopped is asked within days, not within a year',
  },
  {
    rules: ['CT.CLOUDWATCH.PR.2'],
    profiles: workshop,
    template: anywhere,
    place: /LogGroup$/,
    reason: 'a workshop ends, and its logs with it',
  },
  {
    rules: ['CT.DYNAMODB.PR.1', 'CT.DYNAMODB.PR.2'],
    profiles: workshop,
    template: /^data$/,
    place: /Table$/,
    reason: 'sample data can be put in again; DynamoDB encrypts it by a key of its own anyway',
  },
  {
    rules: ['CT.ECS.PR.9'],
    profiles: workshop,
    template: /^service-/,
    place: /^Service$/,
    reason: 'tasks get public addresses instead of NAT gateways, which cost more than the whole workshop',
  },
  {
    rules: ['CT.ELASTICLOADBALANCING.PR.1'],
    profiles: workshop,
    template: /^platform$/,
    place: /Listener$/,
    reason: 'a certificate needs a domain, and a workshop has none',
  },
  {
    rules: ['CT.ELASTICLOADBALANCING.PR.5', 'CT.ELASTICLOADBALANCING.PR.6'],
    profiles: workshop,
    template: /^(platform|nlb)$/,
    place: /LoadBalancer$/,
    reason: 'a workshop is to be deleted without a second thought, and nobody evaluates its access logs',
  },
];

export function covers({ rules, profiles, template, place }: Suppression, finding: Finding): boolean {
  return (
    rules.includes(finding.rule) &&
    profiles.includes(finding.subject.profile) &&
    template.test(finding.subject.template) &&
    place.test(finding.place)
  );
}
