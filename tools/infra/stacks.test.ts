import { afterEach, describe, expect, test } from '@jest/globals';
import type { FakeAws } from './fake-aws.fixture.ts';
import {
  type Answers,
  changeSetAnswers,
  eventsAnswer,
  type FakeEvent,
  refusal,
  stackAnswer,
  startFakeCloudFormation,
} from './fake-cloudformation.fixture.ts';
import { createStacks } from './stacks.ts';

const NAME = 'fargate-shop-workshop-network';
const fakes: FakeAws[] = [];
afterEach(() => Promise.all(fakes.splice(0).map((fake) => fake.stop())));

async function stacksOf(answers: Answers) {
  const fake = await startFakeCloudFormation(answers);
  fakes.push(fake);
  const stacks = createStacks(fake.client, { emulator: false, pauseMs: 1 });
  return { fake, stacks };
}

const change = { name: NAME, body: '{}', parameters: [], tags: [] };
const own = (id: string, status: string): FakeEvent => ({ id, of: NAME, status });
const before = own('e1', 'UPDATE_COMPLETE');

/** A stack that tells these states one after the other once something was asked of it, the last for ever. */
function telling(
  action: string,
  status: string,
  states: readonly (string | undefined)[],
  events: readonly FakeEvent[],
) {
  const left = [...states];
  let isAsked = false;
  const next = () => (left.length > 1 ? left.shift() : left[0]);
  const answers: Answers = {
    ...changeSetAnswers,
    DescribeStacks: () => {
      const told = isAsked ? next() : status;
      return stackAnswer(told === undefined ? undefined : { name: NAME, status: told });
    },
    // As CloudFormation has them: all of them once the last state is told.
    DescribeStackEvents: () => eventsAnswer(NAME, isAsked && left.length === 1 ? [...events, before] : [before]),
    [action]: () => {
      isAsked = true;
      return { body: `<${action}Response><${action}Result/></${action}Response>` };
    },
  };
  return answers;
}

describe('a stack that is being changed', () => {
  test('is not taken for changed while it still tells the state of before', async () => {
    const states = ['UPDATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'];
    const events = [
      own('e3', 'UPDATE_ROLLBACK_COMPLETE'),
      { id: 'e2', of: 'Vpc', status: 'UPDATE_FAILED', reason: 'No.' },
    ];
    const { stacks } = await stacksOf(telling('ExecuteChangeSet', 'UPDATE_COMPLETE', states, events));
    await expect(stacks.deploy(change)).rejects.toThrow(`${NAME} ended as UPDATE_ROLLBACK_COMPLETE.\n  Vpc: No.`);
  });

  test('tells why it failed when the clock of AWS is behind, and not why it failed another time', async () => {
    const events = [
      own('e3', 'UPDATE_ROLLBACK_COMPLETE'),
      { id: 'e2', of: 'Vpc', status: 'UPDATE_FAILED', reason: 'No.' },
    ];
    const answers = telling('ExecuteChangeSet', 'UPDATE_COMPLETE', ['UPDATE_ROLLBACK_COMPLETE'], events);
    const now = answers.DescribeStackEvents;
    const earlier = { id: 'e0', of: 'Subnet', status: 'UPDATE_FAILED', reason: 'Long ago.' };
    answers.DescribeStackEvents = (name, asked) => {
      const given = now?.(name, asked);
      const [, text = ''] = /<StackEvents>(.*)<\/StackEvents>/.exec(eventsAnswer(NAME, [earlier]).body ?? '') ?? [];
      return { body: given?.body?.replace('</StackEvents>', `${text}</StackEvents>`) ?? '' };
    };
    const { stacks } = await stacksOf(answers);
    await expect(stacks.deploy(change)).rejects.toThrow(/ROLLBACK_COMPLETE\.\n {2}Vpc: No\.$/);
  });

  test('is waited for although the network fails for a moment', async () => {
    const states = ['UPDATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'];
    const answers = telling('ExecuteChangeSet', 'UPDATE_COMPLETE', states, [own('e2', 'UPDATE_COMPLETE')]);
    const describeStacks = answers.DescribeStacks;
    let calls = 0;
    answers.DescribeStacks = (name, asked) => {
      calls += 1;
      return calls === 3 ? { status: 503, body: '<html>' } : describeStacks?.(name, asked);
    };
    const { stacks } = await stacksOf(answers);
    expect(await stacks.deploy(change)).toBe('updated');
  });

  test('is not waited for by whoever may not look', async () => {
    const { stacks } = await stacksOf({ DescribeStacks: () => refusal('AccessDenied', 'not authorized') });
    await expect(stacks.deploy(change)).rejects.toThrow('not authorized');
  });
});

describe('a stack that is being deleted', () => {
  test('is gone only once it is', async () => {
    const states = ['CREATE_COMPLETE', 'DELETE_IN_PROGRESS', undefined];
    const { stacks, fake } = await stacksOf(telling('DeleteStack', 'CREATE_COMPLETE', states, []));
    await stacks.remove(NAME);
    const asked = fake.asked.map(({ form }) => form.get('Action'));
    expect(asked.slice(asked.indexOf('DeleteStack')).filter((each) => each === 'DescribeStacks')).toHaveLength(3);
  });

  test('tells the failure of this time, and not of the time before', async () => {
    const states = ['DELETE_FAILED', 'DELETE_IN_PROGRESS', 'DELETE_FAILED'];
    const events = [
      own('e3', 'DELETE_FAILED'),
      { id: 'e2', of: 'Bucket', status: 'DELETE_FAILED', reason: 'Not empty.' },
    ];
    const { stacks } = await stacksOf(telling('DeleteStack', 'DELETE_FAILED', states, events));
    await expect(stacks.remove(NAME)).rejects.toThrow(/DELETE_FAILED\.\n {2}Bucket: Not empty\.\n/);
  });
});
