import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { ListClustersCommand } from '@aws-sdk/client-ecs';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FakeAws, startFakeAws } from './fake-aws.fixture.ts';
import { createTarget, type Target } from './target.ts';

const before = { ...process.env };
let silent: FakeAws;
beforeAll(async () => {
  silent = await startFakeAws(() => undefined);
  process.env = { ...before, AWS_ENDPOINT_URL: silent.endpoint, AWS_MAX_ATTEMPTS: '1' };
});
afterAll(async () => {
  process.env = before;
  await silent.stop();
});

const calls: [string, (target: Target) => Promise<unknown>][] = [
  ['cloudFormation', ({ stacks }) => stacks.find('one')],
  ['ecr', ({ ecr }) => ecr.send(new DescribeRepositoriesCommand())],
  ['ecs', ({ ecs }) => ecs.send(new ListClustersCommand())],
  ['iam', ({ iam }) => iam.send(new ListRolesCommand())],
  ['s3', ({ s3 }) => s3.send(new HeadBucketCommand({ Bucket: 'one' }))],
  ['sts', ({ sts }) => sts.send(new GetCallerIdentityCommand())],
  ['tagging', ({ tagging }) => tagging.send(new GetResourcesCommand())],
];

test.each(calls)('a call of %s that nobody answers is given up, as an error', async (_client, call) => {
  const target = createTarget([], { name: 'workshop', values: {} }, { emulator: true, requestTimeoutMs: 20 });
  await expect(call(target)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('every client of a target is tried', () => {
  const target = createTarget([], { name: 'workshop', values: {} }, { emulator: true });
  const clients = Object.entries(target).filter(([, each]) => typeof each === 'object' && 'send' in each);
  expect(clients.map(([name]) => name).sort()).toEqual(calls.map(([name]) => name).sort());
});
