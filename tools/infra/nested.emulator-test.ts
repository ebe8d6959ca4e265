import { join } from 'node:path';
import { CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readProfile, readTemplates } from '../infra-check/resolve/read-infra.ts';
import { resolveNested } from '../infra-check/resolve/resolve-nested.ts';
import { resourcesOf } from './empty.ts';
import { whatIsThere } from './emulated-account.fixture.ts';
import { deleteForgotten } from './emulator-clean-up.ts';
import { resetMoto } from './moto.fixture.ts';
import { nestedTemplates } from './nested-by-exports.fixture.ts';
import { stripShop } from './stripped-shop.fixture.ts';
import { createTarget } from './target.ts';

const root = join(import.meta.dirname, '../..');
const endpoint = process.env.MOTO_ENDPOINT ?? '';
const Bucket = 'fargate-shop-templates';
const name = 'fargate-shop-workshop';

/** Every template but the root's in a bucket, as `aws cloudformation package` puts them there. */
describe('the shop in one stack of stacks', () => {
  const templates = readTemplates(root);
  const profile = readProfile(root, 'workshop');
  const nested = nestedTemplates(
    stripShop(resolveNested(templates, profile)),
    (stack) => `https://s3.us-east-1.amazonaws.com/${Bucket}/${stack}.json`,
  );
  const body = JSON.stringify(nested.get('root'));
  let target: ReturnType<typeof createTarget>;
  let before: string[] = [];

  beforeAll(async () => {
    process.env.AWS_ENDPOINT_URL = endpoint;
    target = createTarget(templates, profile, { emulator: true });
    await resetMoto(endpoint);
    await target.s3.send(new CreateBucketCommand({ Bucket }));
    for (const [stack, template] of nested)
      await target.s3.send(new PutObjectCommand({ Bucket, Key: `${stack}.json`, Body: JSON.stringify(template) }));
    // moto lets a stack see the exports that come later only if there is one before it.
    const Outputs = { Any: { Value: 'any', Export: { Name: 'any' } } };
    const TemplateBody = JSON.stringify({ Resources: { Any: { Type: 'AWS::SNS::Topic' } }, Outputs });
    await target.cloudFormation.send(new CreateStackCommand({ StackName: 'any', TemplateBody }));
    before = await whatIsThere(endpoint);
  });
  afterAll(async () => {
    await resetMoto(endpoint);
  });

  test('is made, and each value gets from the stack that has it to those that need it', async () => {
    // Without a change set, through which moto would make what is nested twice.
    await target.cloudFormation.send(new CreateStackCommand({ StackName: name, TemplateBody: body }));
    expect(await target.stacks.find(name)).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
    expect(await whatIsThere(endpoint)).toEqual(
      expect.arrayContaining([
        'cluster fargate-shop-workshop',
        'tables 5',
        'balancers 1',
        'target groups 3',
        'queues 1',
      ]),
    );
  });

  test('leaves nothing when it is deleted', async () => {
    const held = await resourcesOf(target.cloudFormation, name);
    expect(held.filter(({ type }) => type === 'AWS::ECS::Service')).toHaveLength(3);
    await target.stacks.remove(name);
    await deleteForgotten(target.ecs, endpoint, held);
    expect(await whatIsThere(endpoint)).toEqual(before);
  });
});
