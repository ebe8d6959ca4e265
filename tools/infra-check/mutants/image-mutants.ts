import type { Mutant } from './mutant.ts';

const service = 'service.yaml';
const app = 'Resources.TaskDefinition.Properties.ContainerDefinitions.0';

export const imageMutants: Mutant[] = [
  {
    mistake: 'an image without a tag',
    rule: 'G-1',
    file: service,
    path: `${app}.Image`,
    change: { to: 'fargate-shop/order' },
  },
  {
    mistake: 'the tag latest',
    rule: 'G-1',
    file: service,
    path: `${app}.Image`,
    change: { to: { 'Fn::Sub': 'docker.io/fargate-shop/order:latest' } },
  },
  {
    mistake: 'a tag that names no commit',
    rule: 'G-1',
    file: 'workshop.json',
    path: 'root.ImageTag',
    change: { to: 'release-7' },
  },
  {
    mistake: 'an image of a repository that nobody makes',
    rule: 'G-1',
    file: service,
    path: `${app}.Image`,
    change: { to: { 'Fn::Sub': '123456789012.dkr.ecr.us-east-1.amazonaws.com/fargate-shop/orders:0123abc' } },
  },
  {
    mistake: 'tags that can be moved',
    rule: 'G-1',
    file: 'registry.yaml',
    path: 'Resources.OrderRepository.Properties.ImageTagMutability',
    change: { to: 'MUTABLE' },
  },
  {
    mistake: 'a job that is told of its table by a name that the code does not read',
    rule: 'V-1',
    file: 'jobs.yaml',
    path: 'Resources.SetupTask.Properties.ContainerDefinitions.0.Environment.2.Name',
    change: { to: 'PRODUCT_TABLE' },
  },
  {
    mistake: 'a setup that would not start',
    rule: 'V-1',
    file: 'jobs.yaml',
    path: 'Resources.SetupTask.Properties.ContainerDefinitions.0.Environment.1.Value',
    change: { to: 'never' },
  },
];
