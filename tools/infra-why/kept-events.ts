import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { readTasks } from './read-tasks.ts';
import type { StoppedTask } from './stopped-task.ts';

const DEADLINE_MS = 30_000;
const REQUEST_TIMEOUT_MS = 10_000;
const STOPPED = '{ $.detail.lastStatus = "STOPPED" }';

export type KeptEvents = {
  /** Such as `fargate-shop-workshop`. */
  shop: string;
  /** Epoch milliseconds: what was kept before is not asked for. */
  from: number;
  /** Milliseconds for all of it; a busy shop's events come in many pages. */
  deadlineMs?: number;
};

/**
 * The tasks that stopped since then, the latest first, from the log group in which observability.yaml keeps the events of ECS.
 * Region, credentials and AWS_ENDPOINT_URL are those of every AWS tool. Rejects with a sentence that says what to do.
 */
export async function keptTasks({ shop, from, deadlineMs = DEADLINE_MS }: KeptEvents): Promise<StoppedTask[]> {
  const logGroupName = `/aws/events/${shop}`;
  const requestHandler = { requestTimeout: REQUEST_TIMEOUT_MS, connectionTimeout: REQUEST_TIMEOUT_MS };
  const client = new CloudWatchLogsClient({ requestHandler });
  const abortSignal = AbortSignal.timeout(deadlineMs);
  const kept: { message: string }[] = [];
  try {
    const wanted = { logGroupName, startTime: from, filterPattern: STOPPED };
    for await (const { events = [] } of paginateFilterLogEvents({ client }, wanted, { abortSignal }))
      kept.push(...events.map(({ message = '{}' }) => ({ message })));
  } catch (error) {
    throw abortSignal.aborted ? tooSlow(logGroupName, deadlineMs) : explained(error, logGroupName);
  } finally {
    client.destroy();
  }
  return readTasks(JSON.stringify({ events: kept }));
}

function tooSlow(group: string, deadlineMs: number): Error {
  return new Error(`${group} could not be read within ${deadlineMs / 1000} s: ask for less by --since.`);
}

function explained(error: unknown, group: string): Error {
  const { name, message } = error as Error;
  if (name === 'ResourceNotFoundException')
    return new Error(`There is no log group ${group}: observability.yaml makes it, so deploy that layer first.`);
  if (/region/i.test(message))
    return new Error('No AWS region is set. Set AWS_REGION, for instance AWS_REGION=eu-central-1.');
  return new Error(`${group} could not be read: ${message || name}`);
}
