import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { afterEach, expect, test } from '@jest/globals';
import { profileWith, templates } from '../infra-contracts/shop.fixture.ts';
import { accessTo, type FakeAws, startFakeAws } from './fake-aws.fixture.ts';
import { layersOf } from './layers.ts';
import { refuseOtherWay } from './refuse-other-way.ts';
import { createStacks } from './stacks.ts';
import { stackName, type Target } from './target.ts';

const fakes: FakeAws[] = [];
afterEach(() => Promise.all(fakes.splice(0).map((fake) => fake.stop())));
const profile = profileWith('workshop');
const layers = layersOf(templates, profile);
const error = (code: string, message: string) => ({
  status: 400,
  body: `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

/** Asks with the rights of a pipeline in an account with those stacks. */
async function asked(there: string[], isNested: boolean): Promise<string> {
  const fake = await startFakeAws(({ form }) => {
    const name = form.get('StackName') ?? '';
    if (form.get('Action') !== 'DescribeStacks') return error('AccessDenied', 'not authorized');
    if (!there.includes(name)) return error('ValidationError', `Stack with id ${name} does not exist`);
    const stack = `<StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus>`;
    const result = `<DescribeStacksResult><Stacks><member>${stack}</member></Stacks></DescribeStacksResult>`;
    return { body: `<DescribeStacksResponse>${result}</DescribeStacksResponse>` };
  });
  fakes.push(fake);
  const stacks = createStacks(new CloudFormationClient(accessTo(fake.endpoint)), { emulator: true });
  const target = { stacks, profile, stackName: (layer: string) => stackName('workshop', layer) };
  return refuseOtherWay(target as unknown as Target, layers, isNested).then(
    () => 'goes on',
    ({ message }: Error) => message,
  );
}

test.each([
  ['nothing is there', [], false, /^goes on$/],
  ['nothing is there', [], true, /^goes on$/],
  ['its layers are there', ['fargate-shop-workshop-network'], false, /^goes on$/],
  ['its layers are there', ['fargate-shop-workshop-network'], true, /deployed layer by layer/],
  ['the root is there', ['fargate-shop-workshop-root'], true, /^goes on$/],
  ['the root is there', ['fargate-shop-workshop-root'], false, /deployed with --nested/],
])(
  'where %s (%p), a deployment with --nested %p finds out with the rights of a pipeline',
  async (_what, there, isNested, answer) => {
    expect(await asked(there, isNested)).toMatch(answer);
  },
);
