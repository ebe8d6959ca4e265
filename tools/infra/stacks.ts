import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Parameter,
  type Stack,
  type Tag,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { until } from '@shop/testing/until';

const MINUTE_MS = 60_000;
/** A deployment that the circuit breaker ends takes long to fail; a NAT gateway or a namespace takes minutes. */
const STACK_DEADLINE_MS = 60 * MINUTE_MS;
const CHANGE_SET_DEADLINE_MS = 5 * MINUTE_MS;

export type Change = { name: string; body: string; parameters: Parameter[]; tags: Tag[]; roleArn?: string };
export type Outcome = 'created' | 'updated' | 'no changes';

/** Stacks by change sets, each waited for. */
export function createStacks(client: CloudFormationClient, { emulator }: { emulator: boolean }) {
  const pauseMs = emulator ? 50 : 5000;

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
    let before = await settled(name);
    if (isDebris(before)) {
      await remove(name);
      before = undefined;
    }
    const isNew = before === undefined || before.StackStatus === 'REVIEW_IN_PROGRESS';
    const set = await client.send(
      new CreateChangeSetCommand({
        StackName: name,
        ChangeSetName: `deploy-${Date.now()}`,
        ChangeSetType: isNew ? 'CREATE' : 'UPDATE',
        TemplateBody: body,
        Parameters: parameters,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Tags: tags,
        ...(roleArn === undefined ? {} : { RoleARN: roleArn }),
      }),
    );
    if (!(await hasChanges(name, set.Id))) return 'no changes';
    const startedAt = new Date();
    await client.send(new ExecuteChangeSetCommand({ StackName: name, ChangeSetName: set.Id }));
    const after = await settled(name, (stack) => stack?.StackStatus !== 'REVIEW_IN_PROGRESS');
    const wanted = isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
    if (after?.StackStatus !== wanted) throw await failure(name, after, startedAt);
    if (emulator) await completeInMoto({ name, body, parameters, tags });
    return isNew ? 'created' : 'updated';
  }

  /** moto carries a change set out, but tells outputs and parameters after UpdateStack only; of another text, so a line more. */
  async function completeInMoto({ name, body, parameters, tags }: Change): Promise<void> {
    const TemplateBody = `${body}\n`;
    await client.send(new UpdateStackCommand({ StackName: name, TemplateBody, Parameters: parameters, Tags: tags }));
  }

  /** False when the change set turns out to be empty; CloudFormation counts that as its failure. */
  async function hasChanges(name: string, set?: string): Promise<boolean> {
    const read = () => client.send(new DescribeChangeSetCommand({ StackName: name, ChangeSetName: set }));
    const described = await until(`the change set of ${name} is there`, read, {
      fits: ({ Status = '' }) => /_COMPLETE$|FAILED/.test(Status),
      timeoutMs: CHANGE_SET_DEADLINE_MS,
      everyMs: pauseMs,
    });
    if (described.Status !== 'FAILED') return true;
    await client.send(new DeleteChangeSetCommand({ StackName: name, ChangeSetName: set }));
    if (/didn.t contain changes|No updates are to be performed/.test(described.StatusReason ?? '')) return false;
    throw new Error(`${name}: ${described.StatusReason}`);
  }

  /** By the role that the stack was made with, unless another is named. */
  async function remove(name: string, roleArn?: string): Promise<void> {
    const stack = await find(name);
    if (!stack) return;
    const startedAt = new Date();
    await client.send(new DeleteStackCommand({ StackName: name, RoleARN: roleArn }));
    // By its id, for a stack that is gone is not found by its name.
    const after = await settled(stack.StackId ?? name);
    if (after) throw await failure(name, after, startedAt);
  }

  async function settled(name: string, isIt: (stack?: Stack) => boolean = () => true): Promise<Stack | undefined> {
    const atRest = async () => {
      const stack = await find(name);
      const isMoving = /IN_PROGRESS$/.test(stack?.StackStatus ?? '') && stack?.StackStatus !== 'REVIEW_IN_PROGRESS';
      return !isMoving && isIt(stack) && { stack };
    };
    const patience = { timeoutMs: STACK_DEADLINE_MS, everyMs: pauseMs };
    return (await until(`the stack ${name} has come to rest`, atRest, patience)).stack;
  }

  async function failure(name: string, stack: Stack | undefined, since: Date): Promise<Error> {
    const { StackEvents = [] } = await client.send(
      new DescribeStackEventsCommand({ StackName: stack?.StackId ?? name }),
    );
    const reasons = StackEvents.filter(
      ({ Timestamp, ResourceStatus, ResourceStatusReason }) =>
        (Timestamp ?? since) >= since &&
        /_FAILED$/.test(ResourceStatus ?? '') &&
        !/cancelled/.test(ResourceStatusReason ?? ''),
    ).map(({ LogicalResourceId, ResourceStatusReason }) => `  ${LogicalResourceId}: ${ResourceStatusReason}`);
    return new Error([`${name} ended as ${stack?.StackStatus ?? 'deleted'}.`, ...reasons.reverse()].join('\n'));
  }

  return { find, nested, deploy, remove };
}

export type Stacks = ReturnType<typeof createStacks>;

/** What a failed creation leaves behind cannot be updated, only deleted. */
function isDebris(stack?: Stack): boolean {
  return /^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|CREATE_FAILED)$/.test(stack?.StackStatus ?? '');
}
