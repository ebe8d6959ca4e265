import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect, test } from '@jest/globals';
import { albUrl } from './alb-url.ts';
import { accessTo, type FakeAws, startFakeAws } from './fake-aws.fixture.ts';
import { refusal } from './fake-cloudformation.fixture.ts';
import { createStacks } from './stacks.ts';
import { stackName, type Target } from './target.ts';

/** Where the shop answers in an account with that one stack. */
async function foundBy(layer: string): Promise<string | undefined> {
  const there = stackName('workshop', layer);
  const fake: FakeAws = await startFakeAws(({ form }) => {
    if (form.get('StackName') !== there) return refusal('ValidationError', 'Stack with that id does not exist');
    const output = '<OutputKey>AlbUrl</OutputKey><OutputValue>http://shop.example</OutputValue>';
    const stack = `<StackStatus>CREATE_COMPLETE</StackStatus><Outputs><member>${output}</member></Outputs>`;
    const result = `<DescribeStacksResult><Stacks><member>${stack}</member></Stacks></DescribeStacksResult>`;
    return { body: `<DescribeStacksResponse>${result}</DescribeStacksResponse>` };
  });
  const stacks = createStacks(new CloudFormationClient(accessTo(fake.endpoint)), { emulator: true });
  const target = { stacks, stackName: (each: string) => stackName('workshop', each) };
  const url = await albUrl(target as unknown as Target);
  await fake.stop();
  return url;
}

test('the shop is found by its platform, by its root when it is one stack of stacks, and else not at all', async () => {
  expect(await foundBy('platform')).toBe('http://shop.example');
  expect(await foundBy('root')).toBe('http://shop.example');
  expect(await foundBy('network')).toBeUndefined();
});
