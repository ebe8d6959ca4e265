import {
  CancelUpdateStackCommand,
  type CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Parameter,
  type Stack,
  type Tag,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { createStackWatch } from './stack-watch.ts';
import { waitUntil } from './wait-until.ts';

const CHANGE_SET_DEADLINE_MS = 5 * 60_000;

export type Change = { name: string; body: string; parameters: Parameter[]; tags: Tag[]; roleArn?: string };
/** New values for some parameters, and nothing else. */
export type NewValues = { stack: Stack; values: { [parameter: string]: string }; roleArn?: string | undefined };
export type Outcome = 'created' | 'updated' | 'no changes';

type Way = { emulator: boolean; pauseMs?: number };

/** Stacks by change sets, each waited for. */
export function createStacks(client: CloudFormationClient, { emulator, pauseMs = emulator ? 50 : 5000 }: Way) {
  const watch = createStackWatch(client, find, pauseMs);

  async function find(name: string): Promise<Stack | undefined> {
    try {
      const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
      return Stacks?.find(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
    } catch (error) {
      if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
      throw error;
    }
  }

  /** The stack that another nests under a logical id. */
  async function nested(parent: string, id: string): Promise<Stack | undefined> {
    if (!(await find(parent))) return undefined;
    try {
      const resource = new DescribeStackResourceCommand({ StackName: parent, LogicalResourceId: id });
      const physical = (await client.send(resource)).StackResourceDetail?.PhysicalResourceId;
      return physical === undefined ? undefined : await find(physical);
    } catch (error) {
      if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
      throw error;
    }
  }

  /** Rejects with what CloudFormation says of each resource that failed. */
  async function deploy({ name, body, parameters, tags, roleArn }: Change): Promise<Outcome> {
    let before = await watch.settled(name);
    if (isDebris(before)) {
      await remove(name);
      before = undefined;
    }
    const isNew = before === undefined || before.StackStatus === 'REVIEW_IN_PROGRESS';
    const change = { TemplateBody: body, Parameters: parameters, Tags: tags, RoleARN: roleArn };
    if (!(await execute(name, { ChangeSetType: isNew ? 'CREATE' : 'UPDATE', ...change }))) return 'no changes';
    // Of another text by a line, as moto takes nothing else.
    if (emulator) await completeInMoto(name, { ...change, TemplateBody: `${body}\n` });
    return isNew ? 'created' : 'updated';
  }

  /** With the template and all else that the stack has. */
  async function changeParameters({ stack, values, roleArn }: NewValues): Promise<Outcome> {
    const { StackName: name = '', Parameters: current = [], Tags } = stack;
    const Parameters = current.map(({ ParameterKey = '' }) =>
      Object.hasOwn(values, ParameterKey)
        ? { ParameterKey, ParameterValue: values[ParameterKey] }
        : { ParameterKey, UsePreviousValue: true },
    );
    const change = { UsePreviousTemplate: true, Parameters, Tags, RoleARN: roleArn };
    return (await execute(name, { ChangeSetType: 'UPDATE', ...change })) ? 'updated' : 'no changes';
  }

  /** False when there is nothing to change. */
  async function execute(name: string, change: Partial<CreateChangeSetCommandInput>): Promise<boolean> {
    const ChangeSetName = `deploy-${Date.now()}`;
    const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
    const set = await client.send(
      new CreateChangeSetCommand({ StackName: name, ChangeSetName, Capabilities, ...change }),
    );
    if (!(await hasChanges(name, set.Id))) return false;
    const stackId = set.StackId ?? name;
    const last = await watch.lastEvent(stackId);
    await client.send(
      // The token, so that a second try after a lost answer is taken for the first one.
      new ExecuteChangeSetCommand({ StackName: name, ChangeSetName: set.Id, ClientRequestToken: ChangeSetName }),
    );
    const after = await watch.ended(stackId, last);
    if (after?.StackStatus !== `${change.ChangeSetType}_COMPLETE`) throw await watch.failure(name, after, last);
    return true;
  }

  /** moto carries a change set out, but tells outputs and parameters after UpdateStack only. */
  async function completeInMoto(name: string, change: Omit<UpdateStackCommandInput, 'StackName'>): Promise<void> {
    await client.send(new UpdateStackCommand({ StackName: name, ...change }));
  }

  /** False when the change set turns out to be empty; CloudFormation counts that as its failure. */
  async function hasChanges(name: string, set?: string): Promise<boolean> {
    const read = () => client.send(new DescribeChangeSetCommand({ StackName: name, ChangeSetName: set }));
    const described = await waitUntil(`the change set of ${name} is there`, read, {
      fits: ({ Status = '' }) => /_COMPLETE$|FAILED/.test(Status),
      timeoutMs: CHANGE_SET_DEADLINE_MS,
      everyMs: pauseMs,
    });
    if (described.Status !== 'FAILED') return true;
    await client.send(new DeleteChangeSetCommand({ StackName: name, ChangeSetName: set }));
    if (/didn.t contain changes|No updates are to be performed/.test(described.StatusReason ?? '')) return false;
    throw new Error(`${name}: ${described.StatusReason}`);
  }

  /** Has CloudFormation roll an update back that is going on, and waits for the end, whatever it is. */
  async function cancelUpdate(name: string): Promise<void> {
    try {
      await client.send(new CancelUpdateStackCommand({ StackName: name }));
    } catch (error) {
      // It has just ended by itself.
      if (!(error instanceof Error && error.name === 'ValidationError')) throw error;
    }
    await watch.settled(name);
  }

  /** By the role that the stack was made with, unless another is named. */
  async function remove(name: string, roleArn?: string): Promise<void> {
    const stack = await find(name);
    if (!stack) return;
    // By its id, for a stack that is gone is not found by its name.
    const stackId = stack.StackId ?? name;
    const last = await watch.lastEvent(stackId);
    await client.send(new DeleteStackCommand({ StackName: name, RoleARN: roleArn }));
    const after = await watch.ended(stackId, last);
    if (after) throw await watch.failure(name, after, last);
  }

  return { find, nested, deploy, changeParameters, cancelUpdate, settled: watch.settled, remove };
}

export type Stacks = ReturnType<typeof createStacks>;

/** What a failed creation leaves behind cannot be updated, only deleted. */
function isDebris(stack?: Stack): boolean {
  return /^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|CREATE_FAILED)$/.test(stack?.StackStatus ?? '');
}
