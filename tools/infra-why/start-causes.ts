import type { Cause } from './cause.ts';

const pull = (what: string) => new RegExp(`CannotPull\\w*Container.*(${what})`, 'is');
const initialization = (what: string) => new RegExp(`ResourceInitializationError.*(${what})`, 'is');

/** The task never ran. Denials come before time-outs, as both may name the registry. */
export const startCauses: Cause[] = [
  {
    id: 'image-architecture',
    reason: pull('matching platform|no matching manifest|does not match the (specified|task)'),
    because: 'The image was built for another processor: the tasks run on ARM64.',
    fix: 'Build it with docker buildx build --platform linux/arm64, push it under a new tag, and deploy that tag.',
  },
  {
    id: 'image-rate-limit',
    reason: pull('toomanyrequests|rate limit'),
    because:
      'The registry has had too many pulls without an account. Images of the shop are in ECR, which has no such limit.',
    fix: 'Copy the image of the sidecar into a repository of ECR and name it in `CollectorImageUri`.',
  },
  {
    id: 'image-denied',
    reason: pull('\\b403\\b|denied|not authorized|unauthorized|no basic auth'),
    because: 'The execution role may not pull this image, or the repository does not exist in this account.',
    fix: 'ExecutionPolicy in service-access.yaml (jobs-access.yaml for jobs) has to name the repository of `ImageUri`.',
  },
  {
    id: 'image-not-found',
    reason: pull('not found|manifest unknown|does not exist|repository .* not exist'),
    because: 'The repository has no image with this tag or digest.',
    fix: 'Push it, or deploy a tag that exists with `ImageTag` (`ImageUri` chapter by chapter); aws ecr list-images shows them.',
  },
  {
    id: 'registry-denied',
    reason: initialization('ecr registry auth.*(AccessDenied|not authorized)|ecr:GetAuthorizationToken'),
    because: 'The execution role may not ask the registry for a token.',
    fix: 'ExecutionPolicy in service-access.yaml has to allow ecr:GetAuthorizationToken on "*"; there is no narrower resource.',
  },
  {
    id: 'secret-denied',
    reason: initialization('(secret|asm|ssm).*(AccessDenied|not authorized)'),
    because: 'The execution role may not read a secret that the task definition injects.',
    fix: 'The shop injects none: it reads `GatewaySecretArn` itself, by its task role. Drop Secrets, or grant it to the execution role.',
  },
  {
    id: 'secret-not-found',
    reason: initialization(
      "(secret|asm|ssm).*(ResourceNotFound|can't find|invalid ?parameter|did not contain json key)",
    ),
    because: 'The secret that the task definition injects, or the key within it, does not exist.',
    fix: 'Name it by the ARN that data.yaml gives, as `GatewaySecretArn` does, and write a key of it as ARN:key::.',
  },
  {
    id: 'log-group-not-found',
    reason: initialization('log(ger| stream| group).*(ResourceNotFound|does not exist)'),
    because: 'The log group is not there. Nobody but CloudFormation may make it, so that it always has a retention.',
    fix: 'Deploy service-access.yaml (jobs-access.yaml) again, and pass its output as `LogGroupName`.',
  },
  {
    id: 'log-denied',
    reason: initialization('log(ger| stream| group).*(AccessDenied|not authorized)'),
    because: 'The execution role may not write to the log group.',
    fix: 'ExecutionPolicy in service-access.yaml has to allow logs:CreateLogStream and logs:PutLogEvents on the group of `LogGroupName`.',
  },
  {
    id: 'no-route',
    reason:
      /(ResourceInitializationError|CannotPull\w*Container).*(timeout|timed out|deadline exceeded|request cancell?ed|RequestCanceled|connection refused|no such host|dial tcp|network configuration|connection issue)/is,
    because: 'The task has no way to the registry or to another service of AWS.',
    fix: 'With `NatMode` none tasks need public subnets and `AssignPublicIp` ENABLED; otherwise NAT or `InterfaceEndpoints`. The security group has to let 443 out, and the network ACL the answers in (1024-65535). npm run infra:check finds which.',
  },
  {
    id: 'role-not-assumed',
    reason: /unable to assume the role/i,
    because: 'ECS may not use the role: it is gone, or does not trust ecs-tasks.amazonaws.com.',
    fix: 'Pass `ExecutionRoleArn` and `TaskRoleArn` from the outputs of service-access.yaml, and leave their trust as it is.',
  },
  {
    id: 'network-interface',
    reason: /network interface provision|free addresses|InsufficientFreeAddresses/i,
    because: 'The task got no network interface: the subnets have no address left, or EC2 was too slow.',
    fix: 'If it happens again: more or larger subnets in the mapping Cidr of network.yaml, or a smaller `MaxCapacity`.',
  },
  {
    id: 'vcpu-quota',
    reason: /limit on the number of vCPUs|vCPU limit/i,
    because: 'The account may not run more vCPUs on Fargate.',
    fix: 'Ask for more in Service Quotas, or lower `MaxCapacity` or `TaskCpu`. On demand and Spot are counted apart.',
  },
  {
    id: 'no-capacity',
    reason: /capacity is unavailable|insufficient capacity|no capacity/i,
    because: 'Fargate has no room for the task right now, which mostly means Spot.',
    fix: 'The service tries again by itself. Set `SpotWeight` to 0 to run on demand only.',
  },
  {
    id: 'container-not-started',
    reason: /Cannot(Start|Create)Container/i,
    because: 'The image is there, but its command cannot be run.',
    fix: 'Run it by docker compose up: it has the same user, read-only disk and command. Check what changed in docker/Dockerfile.',
  },
];
