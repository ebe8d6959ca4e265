import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ECRClient } from '@aws-sdk/client-ecr';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Asked, accessTo, type Given, operationOf, startFakeAws } from './fake-aws.fixture.ts';
import { removeStack } from './remove-stack.ts';
import { createStacks } from './stacks.ts';

const inXml = (operation: string, result: string) =>
  `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`;
const stackIn = (status: string) =>
  inXml(
    'DescribeStacks',
    `<Stacks><member><StackName>platform</StackName><StackId>arn:platform</StackId><StackStatus>${status}</StackStatus></member></Stacks>`,
  );
/** The last state of each deletion, the latest first. */
const eventsOf = (deletions: readonly string[]) => {
  const members = deletions.map(
    (status, index) =>
      `<member><EventId>${index}</EventId><PhysicalResourceId>arn:platform</PhysicalResourceId><ResourceStatus>${status}</ResourceStatus></member>`,
  );
  return inXml('DescribeStackEvents', `<StackEvents>${members.reverse().join('')}</StackEvents>`);
};
const log = '<Version><Key>AWSLogs/one.gz</Key><VersionId>null</VersionId></Version>';
const bucket = [{ type: 'AWS::S3::Bucket', id: 'logs' }];

const opened: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function targetWith(answer: (asked: Asked) => Given) {
  const aws = await startFakeAws(answer);
  const clients = {
    cloudFormation: new CloudFormationClient(accessTo(aws.endpoint)),
    ecr: new ECRClient(accessTo(aws.endpoint)),
    s3: new S3Client({ ...accessTo(aws.endpoint), forcePathStyle: true }),
  };
  opened.push(aws.stop, ...Object.values(clients).map((client) => () => client.destroy()));
  return { ...clients, stacks: createStacks(clients.cloudFormation, { emulator: true }), asked: aws.asked };
}

/** A platform whose bucket gets a log after it was emptied, `logs` times over. */
function platform(logs: number, isEmpty = false) {
  let [status, inBucket, coming] = ['CREATE_COMPLETE', !isEmpty, logs];
  const deletions: string[] = [];
  return (asked: Asked): Given => {
    const operation = operationOf(asked);
    if (operation === 'GET /logs') {
      return { body: `<ListVersionsResult>${inBucket ? log : ''}</ListVersionsResult>` };
    }
    if (operation === 'POST /logs') {
      inBucket = false;
      return { body: '<DeleteResult/>' };
    }
    if (operation === 'DeleteStack') {
      if (coming > 0) inBucket = true;
      coming -= 1;
      status = inBucket ? 'DELETE_FAILED' : 'DELETE_COMPLETE';
      deletions.push(status);
    }
    if (operation === 'DescribeStackEvents') return { body: eventsOf(deletions) };
    return { body: operation === 'DescribeStacks' ? stackIn(status) : inXml(operation, '') };
  };
}
const times = (asked: readonly Asked[], wanted: string) => asked.filter((each) => operationOf(each) === wanted).length;

describe('a stack that is removed', () => {
  test('has its bucket emptied before', async () => {
    const target = await targetWith(platform(0));
    await removeStack(target, { stack: 'platform', resources: bucket });
    expect([times(target.asked, 'POST /logs'), times(target.asked, 'DeleteStack')]).toEqual([1, 1]);
  });

  test('has it emptied once more when the balancer wrote another log meanwhile', async () => {
    const target = await targetWith(platform(1));
    await removeStack(target, { stack: 'platform', resources: bucket });
    expect([times(target.asked, 'POST /logs'), times(target.asked, 'DeleteStack')]).toEqual([2, 2]);
  });

  test('goes although somebody has deleted its bucket by hand', async () => {
    const gone = { status: 404, body: '<Error><Code>NoSuchBucket</Code><Message>gone</Message></Error>' };
    const rest = platform(0, true);
    const target = await targetWith((asked) => (operationOf(asked) === 'GET /logs' ? gone : rest(asked)));
    await removeStack(target, { stack: 'platform', resources: bucket });
    expect(times(target.asked, 'DeleteStack')).toBe(1);
  });

  test('is not tried again when nobody may delete it', async () => {
    const denied = {
      status: 403,
      body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
    };
    const rest = platform(0);
    const target = await targetWith((asked) => (operationOf(asked) === 'DeleteStack' ? denied : rest(asked)));
    await expect(removeStack(target, { stack: 'platform', resources: bucket })).rejects.toThrow('no');
    expect(times(target.asked, 'DeleteStack')).toBe(1);
  });

  test('is not tried for ever', async () => {
    const target = await targetWith(platform(9));
    await expect(removeStack(target, { stack: 'platform', resources: bucket })).rejects.toThrow('DELETE_FAILED');
    expect(times(target.asked, 'DeleteStack')).toBe(2);
  });

  test('is deleted by the role that was asked for, or else by its own', async () => {
    for (const role of ['arn:aws:iam::123456789012:role/other', undefined]) {
      const target = await targetWith(platform(0, true));
      await removeStack(target, { stack: 'platform', resources: [] }, role);
      const [deletion] = target.asked.filter((each) => operationOf(each) === 'DeleteStack');
      expect(deletion?.form.get('RoleARN') ?? undefined).toBe(role);
    }
  });
});
