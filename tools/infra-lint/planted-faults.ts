import type { Mutant } from '../infra-check/mutants/mutant.ts';
import type { Finding } from './finding.ts';

/** A mistake put into a template of ours, which the checker has to find in the stack by this rule. */
export type PlantedFault = Mutant & { checker: Finding['checker']; stack: string };

const task = 'Resources.TaskDefinition.Properties';
const service = { file: 'service.yaml', stack: 'service-catalog' };

/** A checker that finds nothing because it did not look, or was given too much to overlook, is found out by these. */
export const plantedFaults: readonly PlantedFault[] = [
  {
    checker: 'cfn-lint',
    mistake: 'a property that does not exist',
    rule: 'E3002',
    ...service,
    path: `${task}.Cpus`,
    change: { to: 1 },
  },
  {
    checker: 'cfn-lint',
    mistake: 'a size that Fargate does not have',
    rule: 'E3047',
    ...service,
    path: `${task}.Memory`,
    change: { to: '123' },
  },
  {
    checker: 'cfn-lint',
    mistake: 'the id of a security group where that of a subnet is due',
    rule: 'E1154',
    ...service,
    path: 'Resources.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets',
    change: { to: ['sg-0123456789abcdef0'] },
  },
  {
    checker: 'cfn-guard',
    mistake: 'a root file system that can be written to',
    rule: 'CT.ECS.PR.6',
    ...service,
    path: `${task}.ContainerDefinitions.0.ReadonlyRootFilesystem`,
    change: { to: false },
  },
  {
    checker: 'cfn-guard',
    mistake: 'a container of the root user',
    rule: 'CT.ECS.PR.3',
    ...service,
    path: `${task}.ContainerDefinitions.0.User`,
    change: { to: 'root' },
  },
  {
    checker: 'cfn-guard',
    mistake: 'public addresses in production',
    rule: 'CT.ECS.PR.9',
    ...service,
    path: 'Resources.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp',
    change: { to: 'ENABLED' },
  },
];
