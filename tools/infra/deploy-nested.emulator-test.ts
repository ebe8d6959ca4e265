import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readTemplates } from '../infra-check/resolve/read-infra.ts';
import { commandLine } from './command-line.fixture.ts';
import { deployNested } from './deploy-nested.ts';
import { resourcesOf } from './empty.ts';
import { whatIsThere } from './emulated-account.fixture.ts';
import { resetMoto } from './moto.fixture.ts';
import { createTarget } from './target.ts';
import { deleteBucket } from './template-bucket.ts';

const endpoint = process.env.MOTO_ENDPOINT ?? '';
const reset = () => resetMoto(endpoint);
const topic = (name: string) =>
  `Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties: { TopicName: ${name} }\n`;
const nesting = (child: string) =>
  `Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./${child}.yaml\n`;

// moto gives a parent no outputs of what it nests, which root.yaml is wired by: so the command's way is tried with a root of its
// own. That the shop nests well is another test's matter.
describe('a root and what it nests in an emulated account', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nested-'));
  const before = { ...process.env };
  let isThere: string[] = [];
  beforeAll(async () => {
    process.env.AWS_ENDPOINT_URL = endpoint;
    await reset();
    isThere = await whatIsThere(endpoint);
    mkdirSync(join(folder, 'infra/templates'), { recursive: true });
    const texts = {
      root: nesting('root-service'),
      'root-service': nesting('service'),
      service: topic('of-a-grandchild'),
    };
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, `infra/templates/${name}.yaml`), text);
  });
  afterAll(async () => {
    process.env = before;
    rmSync(folder, { recursive: true });
    await reset();
  });
  const targetIn = () => createTarget(readTemplates(folder), { name: 'workshop', values: {} }, { emulator: true });

  test('is deployed from a bucket of its own, and all of it is found and deleted again', async () => {
    const target = targetIn();
    const [template] = target.templates.filter(({ name }) => name === 'root');
    if (!template) throw new Error('no root');
    const layer = { name: 'root', template, given: {}, own: {}, prefix: '' };
    await deployNested(target, layer, { imageTag: 'TEST', tell: () => {}, folder });
    expect(await whatIsThere(endpoint)).toContain('topics 1');
    const held = await resourcesOf(target.cloudFormation, target.stackName('root'));
    expect(held.map(({ type }) => type)).toContain('AWS::SNS::Topic');
    await target.stacks.remove(target.stackName('root'));
    expect(await whatIsThere(endpoint)).toEqual(isThere);
    expect(await deleteBucket(target)).toBe('fargate-shop-workshop-templates-123456789012-us-east-1');
    expect(await deleteBucket(target)).toBeUndefined();
  });

  test('is not tried with root.yaml itself, and the reason is told', async () => {
    const { code, output } = await commandLine(endpoint, 'workshop')('deploy', '--nested', '--image-tag', 'TEST');
    expect([code, output]).toEqual([1, expect.stringContaining('gives their parent none of their outputs')]);
    expect(await whatIsThere(endpoint)).toEqual(isThere);
  });
});
