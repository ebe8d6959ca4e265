import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { resetMoto } from '../infra/moto.fixture.ts';

const endpoint = process.env.MOTO_ENDPOINT ?? '';
const account = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'emulator',
  AWS_SECRET_ACCESS_KEY: 'emulator',
  AWS_ENDPOINT_URL: endpoint,
};
const logs = new CloudWatchLogsClient({
  endpoint,
  region: account.AWS_REGION,
  credentials: { accessKeyId: account.AWS_ACCESS_KEY_ID, secretAccessKey: account.AWS_SECRET_ACCESS_KEY },
});
const logGroupName = '/aws/events/fargate-shop-workshop';
const MINUTE_MS = 60_000;

type Answer = { code: number; stdout: string; stderr: string };

async function why(...options: string[]): Promise<Answer> {
  const args = [join(import.meta.dirname, 'main.ts'), '--profile', 'workshop', ...options];
  try {
    const env = { ...process.env, ...account };
    return { code: 0, ...(await promisify(execFile)(process.execPath, args, { env, timeout: 60_000 })) };
  } catch (error) {
    return error as Answer;
  }
}

/** Events as EventBridge writes them: one a line of the log, at the time when the task stopped. */
async function keep(events: readonly { id: string; minutesAgo: number }[]): Promise<void> {
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'events' }));
  const logEvents = events.map(({ id, minutesAgo }) => {
    const timestamp = Date.now() - minutesAgo * MINUTE_MS;
    const event = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${id}.json`), 'utf8'));
    event.detail.stoppedAt = new Date(timestamp).toISOString();
    return { timestamp, message: JSON.stringify(event) };
  });
  // One call for each, so that the answer has many events and not one text.
  for (const each of logEvents)
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'events', logEvents: [each] }));
}

describe('the events that an emulated account keeps', () => {
  beforeAll(async () => {
    await resetMoto(endpoint);
    await keep([
      { id: 'secret-denied', minutesAgo: 600 },
      { id: 'startup-failed', minutesAgo: 40 },
      { id: 'reconcile-failed', minutesAgo: 20 },
      { id: 'spot-interruption', minutesAgo: 10 },
    ]);
  });
  afterAll(async () => {
    await logs.send(new DeleteLogGroupCommand({ logGroupName }));
    logs.destroy();
  });

  test('are told latest first, each with its cause, what mends it and the next command', async () => {
    const { code, stdout } = await why();
    expect(code).toBe(0);
    const causes = [...stdout.matchAll(/^ {2}(?:CAUSE|expected) {2}([\w-]+):/gm)].map(([, id]) => id);
    expect(causes).toEqual(['spot-interruption', 'reconcile-failed', 'startup-failed', 'secret-denied']);
    expect(stdout.match(/^ {2}fix {5}\S/gm)).toHaveLength(4);
    expect(stdout.match(/^ {2}next {4}(npm|aws) /gm)).toHaveLength(4);
  });

  test('are those of one service or job, when one is named', async () => {
    const { stdout } = await why('--service', 'reconcile');
    expect(stdout).toContain('reconcile-failed');
    expect(stdout.match(/^ {2}fix/gm)).toHaveLength(1);
  });

  test('are those since a time, and the last of them', async () => {
    expect((await why('--since', '1h')).stdout).not.toContain('secret-denied');
    const { stdout } = await why('--last', '1');
    expect(stdout.match(/^ {2}fix/gm)).toHaveLength(1);
    expect(stdout).toContain('3 stopped before');
  });

  test('end with 1 and a sentence when there is none', async () => {
    expect(await why('--since', '5m')).toMatchObject({
      code: 1,
      stdout: 'There is no such stopped task in it.\n',
    });
  });

  test('are asked for by the name of the environment, and a group that is not there is explained', async () => {
    const { code, stderr } = await why('--profile', 'production');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('There is no log group /aws/events/fargate-shop-production'),
    ]);
  });
});
