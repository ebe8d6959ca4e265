import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { commandLine } from './command-line.fixture.ts';
import { accessTo } from './fake-aws.fixture.ts';
import { resetMoto } from './moto.fixture.ts';

const endpoint = process.env.MOTO_ENDPOINT ?? '';
const client = new CloudFormationClient(accessTo(endpoint));
const saved = join(mkdtempSync(join(tmpdir(), 'go-back-')), 'images.json');
const StackName = 'fargate-shop-workshop-service-order';
/** Nothing like the template that is checked out. */
const TemplateBody = JSON.stringify({
  Parameters: {
    ImageUri: { Type: 'String' },
    TaskCpu: { Type: 'String' },
    Forgotten: { Type: 'String', Default: 'x' },
  },
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'ImageUri' } } } },
});

beforeAll(async () => {
  await resetMoto(endpoint);
  const Parameters = Object.entries({ ImageUri: 'order:new', TaskCpu: '4096' }).map(
    ([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }),
  );
  await client.send(
    new CreateStackCommand({ StackName, TemplateBody, Parameters, Tags: [{ Key: 'Its', Value: 'own' }] }),
  );
  const images = { 'service-order': { ImageUri: 'order:old' }, jobs: { ReconcileImageUri: 'reconcile:old' } };
  writeFileSync(saved, JSON.stringify(images));
});
afterAll(async () => {
  rmSync(dirname(saved), { recursive: true });
  await resetMoto(endpoint);
});

test('going back gives a stack its images of before, and leaves its own template, parameters and tags', async () => {
  const { code, output } = await commandLine(endpoint, 'workshop')('deploy', '--images', saved);
  expect([code, output]).toEqual([0, expect.stringContaining('workshop-jobs is not there')]);
  expect(output).toMatch(/service-order +updated/);
  const template = await client.send(new GetTemplateCommand({ StackName }));
  expect(JSON.parse(template.TemplateBody ?? '')).toEqual(JSON.parse(TemplateBody));
  const [stack] = (await client.send(new DescribeStacksCommand({ StackName }))).Stacks ?? [];
  const parameters = stack?.Parameters?.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]) ?? [];
  expect(Object.fromEntries(parameters)).toEqual({ ImageUri: 'order:old', TaskCpu: '4096', Forgotten: 'x' });
  expect(stack?.Tags).toEqual([{ Key: 'Its', Value: 'own' }]);
});
