import {
  type CloudFormationClient,
  paginateDescribeStackEvents,
  type Stack,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { waitUntil } from './wait-until.ts';

/** A deployment that the circuit breaker ends takes long to fail; a NAT gateway or a namespace takes minutes. */
const STACK_DEADLINE_MS = 60 * 60_000;

type Find = (name: string) => Promise<Stack | undefined>;

/** How operations on stacks end. An operation is told from those before it by the last event before it began. */
export function createStackWatch(client: CloudFormationClient, find: Find, pauseMs: number) {
  const patience = { timeoutMs: STACK_DEADLINE_MS, everyMs: pauseMs };

  /** Waits for whatever moves the stack now. */
  async function settled(name: string): Promise<Stack | undefined> {
    const atRest = async () => {
      const stack = await find(name);
      return (!isMoving(stack) || stack?.StackStatus === 'REVIEW_IN_PROGRESS') && { stack };
    };
    return (await waitUntil(`the stack ${name} has come to rest`, atRest, patience)).stack;
  }

  async function lastEvent(stackId: string): Promise<string | undefined> {
    for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName: stackId }))
      if (StackEvents[0]) return StackEvents[0].EventId;
    return undefined;
  }

  /**
   * Waits for the end of what was asked of the stack after that event. Resolves to nothing when the stack is gone. Just after it
   * was asked, the stack may still tell the state of before: it has to tell what its own last event since then tells.
   */
  async function ended(stackId: string, after: string | undefined): Promise<Stack | undefined> {
    const isOver = async () => {
      const stack = await find(stackId);
      if (!stack) return { stack };
      if (isMoving(stack)) return false;
      const own = (await eventsAfter(stackId, after)).find((event) => event.PhysicalResourceId === stack.StackId);
      return own?.ResourceStatus === stack.StackStatus && { stack };
    };
    return (await waitUntil(`the stack ${stackId} has come to rest`, isOver, patience)).stack;
  }

  /** The latest first. By their ids, since the clock of this machine need not be that of AWS. */
  async function eventsAfter(stackId: string, last: string | undefined): Promise<StackEvent[]> {
    const found: StackEvent[] = [];
    for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName: stackId }))
      for (const event of StackEvents) {
        if (event.EventId === last) return found;
        found.push(event);
      }
    return found;
  }

  /** What CloudFormation says of each resource that failed since that event. */
  async function failure(name: string, stack: Stack | undefined, after: string | undefined): Promise<Error> {
    const events = stack?.StackId === undefined ? [] : await eventsAfter(stack.StackId, after);
    const reasons = events
      .filter(
        ({ ResourceStatus, ResourceStatusReason }) =>
          /_FAILED$/.test(ResourceStatus ?? '') && !/cancelled/.test(ResourceStatusReason ?? ''),
      )
      .map(({ LogicalResourceId, ResourceStatusReason }) => `  ${LogicalResourceId}: ${ResourceStatusReason}`);
    return new Error([`${name} ended as ${stack?.StackStatus ?? 'deleted'}.`, ...reasons.reverse()].join('\n'));
  }

  return { settled, lastEvent, ended, failure };
}

function isMoving(stack?: Stack): boolean {
  return /IN_PROGRESS$/.test(stack?.StackStatus ?? '');
}
