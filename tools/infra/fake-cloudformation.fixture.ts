import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { type Asked, accessTo, type FakeAws, type Given, startFakeAws } from './fake-aws.fixture.ts';

export type FakeStack = { name: string; status: string; parameters?: Record<string, string> };
export type FakeEvent = { id: string; of: string; status: string; reason?: string };

export const idOf = (name: string) => `arn:aws:cloudformation:us-east-1:123456789012:stack/${name}/1`;
const nameOf = (nameOrId: string) => /stack\/([^/]+)\//.exec(nameOrId)?.[1] ?? nameOrId;
const members = (texts: readonly string[]) => texts.map((text) => `<member>${text}</member>`).join('');
const answer = (action: string, result: string): Given => ({
  body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
});

export function refusal(code: string, message: string): Given {
  const body = `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return { status: 400, body };
}

/** What to answer, by operation; those that are missing are refused. */
export type Answers = { [action: string]: (name: string, asked: Asked) => Given | undefined };

export const stackAnswer = (stack: FakeStack | undefined): Given => {
  if (!stack) return refusal('ValidationError', 'Stack with that id does not exist');
  const parameters = Object.entries(stack.parameters ?? {}).map(
    ([key, value]) => `<ParameterKey>${key}</ParameterKey><ParameterValue>${value}</ParameterValue>`,
  );
  const text = `<StackName>${stack.name}</StackName><StackId>${idOf(stack.name)}</StackId><StackStatus>${stack.status}</StackStatus><Parameters>${members(parameters)}</Parameters>`;
  return answer('DescribeStacks', `<Stacks>${members([text])}</Stacks>`);
};

/** `of` is the name of the stack itself, or a resource in it. The latest event is the first. */
export const eventsAnswer = (name: string, events: readonly FakeEvent[]): Given => {
  const texts = events.map(({ id, of, status, reason = '' }) => {
    const physical = of === name ? idOf(name) : `physical-${of}`;
    return `<EventId>${id}</EventId><LogicalResourceId>${of}</LogicalResourceId><PhysicalResourceId>${physical}</PhysicalResourceId><ResourceStatus>${status}</ResourceStatus><ResourceStatusReason>${reason}</ResourceStatusReason><Timestamp>2020-01-01T00:00:00Z</Timestamp>`;
  });
  return answer('DescribeStackEvents', `<StackEvents>${members(texts)}</StackEvents>`);
};

/** Change sets that have something to change. */
export const changeSetAnswers: Answers = {
  CreateChangeSet: (name) => answer('CreateChangeSet', `<Id>set-of-${name}</Id><StackId>${idOf(name)}</StackId>`),
  DescribeChangeSet: () => answer('DescribeChangeSet', '<Status>CREATE_COMPLETE</Status>'),
  ExecuteChangeSet: () => answer('ExecuteChangeSet', ''),
};

/** A CloudFormation with these answers, and a client of it. */
export async function startFakeCloudFormation(answers: Answers): Promise<FakeAws & { client: CloudFormationClient }> {
  const fake = await startFakeAws((asked) => {
    const action = asked.form.get('Action') ?? '';
    const given = answers[action];
    if (!given) return refusal('AccessDenied', `${action} is not authorized`);
    return given(nameOf(asked.form.get('StackName') ?? ''), asked);
  });
  return { ...fake, client: new CloudFormationClient(accessTo(fake.endpoint)) };
}
