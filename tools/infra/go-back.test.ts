import { afterEach, describe, expect, test } from '@jest/globals';
import type { FakeAws } from './fake-aws.fixture.ts';
import {
  type Answers,
  changeSetAnswers,
  eventsAnswer,
  type FakeStack,
  refusal,
  stackAnswer,
  startFakeCloudFormation,
} from './fake-cloudformation.fixture.ts';
import { goBack } from './go-back.ts';
import type { KeptImages } from './kept-images.ts';
import { createStacks } from './stacks.ts';
import { stackName, type Target } from './target.ts';

const fakes: FakeAws[] = [];
afterEach(() => Promise.all(fakes.splice(0).map((fake) => fake.stop())));

/** Goes back in an account with these stacks; what is executed is done at once. */
async function wentBack(there: { [layer: string]: Omit<FakeStack, 'name'> }, images: KeptImages, more: Answers = {}) {
  const stacks = new Map(
    Object.entries(there).map(([layer, stack]) => {
      const name = stackName('workshop', layer);
      return [name, { name, ...stack, events: 0 }];
    }),
  );
  const events = (name: string) => {
    const { events = 0, status = '' } = stacks.get(name) ?? {};
    return Array.from({ length: events }, (_each, index) => ({ id: `e${index}`, of: name, status })).reverse();
  };
  const become = (name: string, status: string) => {
    const stack = stacks.get(name);
    if (stack) stacks.set(name, { ...stack, status, events: stack.events + 1 });
    return {};
  };
  const fake = await startFakeCloudFormation({
    ...changeSetAnswers,
    DescribeStacks: (name) => stackAnswer(stacks.get(name)),
    DescribeStackEvents: (name) => eventsAnswer(name, events(name)),
    ExecuteChangeSet: (name) => become(name, 'UPDATE_COMPLETE'),
    CancelUpdateStack: (name) => become(name, 'UPDATE_ROLLBACK_COMPLETE'),
    ...more,
  });
  fakes.push(fake);
  const lines: string[] = [];
  const target = {
    stacks: createStacks(fake.client, { emulator: false, pauseMs: 1 }),
    stackName: (layer: string) => stackName('workshop', layer),
  };
  const error = await goBack(target as unknown as Target, images, { tell: (line) => lines.push(line) }).then(
    () => undefined,
    ({ message }: Error) => message,
  );
  const forms = (action: string) => fake.asked.map(({ form }) => form).filter((form) => form.get('Action') === action);
  return { error, output: lines.join('\n'), forms };
}

const runs = (image: string, status = 'UPDATE_COMPLETE') => ({
  status,
  parameters: { ImageUri: image, TaskCpu: '512' },
});

describe('going back to the images of before', () => {
  test('asks for those images, and leaves the template and all else to the stack', async () => {
    const { error, forms } = await wentBack({ 'service-order': runs('new') }, { 'service-order': { ImageUri: 'old' } });
    expect(error).toBeUndefined();
    const [form] = forms('CreateChangeSet').map((each) => Object.fromEntries(each));
    expect(form).toMatchObject({
      UsePreviousTemplate: 'true',
      'Parameters.member.1.ParameterKey': 'ImageUri',
      'Parameters.member.1.ParameterValue': 'old',
      'Parameters.member.2.ParameterKey': 'TaskCpu',
      'Parameters.member.2.UsePreviousValue': 'true',
    });
    expect(Object.keys(form ?? {}).filter((key) => /TemplateBody|member\.2\.ParameterValue/.test(key))).toEqual([]);
  });

  test('leaves out a layer that is not there, and one that runs them', async () => {
    const images = { 'service-order': { ImageUri: 'old' }, jobs: { ReconcileImageUri: 'old' } };
    const { error, output, forms } = await wentBack({ 'service-order': runs('old') }, images);
    expect([error, forms('CreateChangeSet')]).toEqual([undefined, []]);
    expect(output).toContain('fargate-shop-workshop-jobs is not there, so it is left out.');
    expect(output).toMatch(/service-order +no changes/);
  });

  test('goes on with the others when one layer fails, and fails at the end', async () => {
    const images = { 'service-catalog': { ImageUri: 'old' }, 'service-order': { ImageUri: 'old' } };
    const there = { 'service-catalog': runs('new'), 'service-order': runs('new') };
    const { error, output } = await wentBack(there, images, {
      CreateChangeSet: (name, asked) =>
        name.endsWith('catalog') ? refusal('ValidationError', 'No.') : changeSetAnswers.CreateChangeSet?.(name, asked),
    });
    expect(error).toBe('1 of 2 layers did not go back:\nNo.');
    expect(output).toMatch(/service-catalog +FAILED[\s\S]*service-order +updated/);
  });

  test('cancels an update that is still going on', async () => {
    const there = { 'service-order': runs('old', 'UPDATE_IN_PROGRESS') };
    const { error, output, forms } = await wentBack(there, { 'service-order': { ImageUri: 'old' } });
    expect([error, output]).toEqual([undefined, expect.stringMatching(/which is cancelled[\s\S]* no changes /)]);
    expect(forms('CancelUpdateStack').map((form) => form.get('StackName'))).toEqual([
      'fargate-shop-workshop-service-order',
    ]);
  });

  test('goes on when the update has just ended by itself', async () => {
    const there = { 'service-order': runs('new', 'UPDATE_IN_PROGRESS') };
    let calls = 0;
    const { error, forms } = await wentBack(
      there,
      { 'service-order': { ImageUri: 'old' } },
      {
        CancelUpdateStack: () =>
          refusal('ValidationError', 'CancelUpdateStack cannot be called from current stack status'),
        DescribeStacks: (name) =>
          stackAnswer({ name, ...runs('new', calls++ === 0 ? 'UPDATE_IN_PROGRESS' : 'UPDATE_COMPLETE') }),
      },
    );
    expect([error, forms('ExecuteChangeSet').length]).toEqual([undefined, 1]);
  });

  test('tells a stack that has the images and could not be rolled back', async () => {
    const there = { 'service-order': runs('old', 'UPDATE_ROLLBACK_FAILED') };
    const { error } = await wentBack(there, { 'service-order': { ImageUri: 'old' } });
    expect(error).toContain('is UPDATE_ROLLBACK_FAILED');
  });
});
