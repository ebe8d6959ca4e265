import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Doomed } from './destroy-plan.ts';
import { accessTo, type FakeAws, type Given, operationOf, startFakeAws } from './fake-aws.fixture.ts';
import { protectionsOf } from './protections.ts';

const plan: Doomed[] = [
  {
    layer: 'root',
    stack: 'fargate-shop-production-root',
    resources: [
      { type: 'AWS::DynamoDB::Table', id: 'orders' },
      { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', id: 'arn:balancer' },
      { type: 'AWS::Cognito::UserPool', id: 'eu-west-1_pool' },
      { type: 'AWS::SNS::Topic', id: 'arn:topic' },
    ],
    boundTo: undefined,
    isTerminationProtected: false,
    whyKept: undefined,
  },
];
const attributes = (value: boolean) =>
  `<DescribeLoadBalancerAttributesResponse><DescribeLoadBalancerAttributesResult><Attributes>
    <member><Key>access_logs.s3.enabled</Key><Value>true</Value></member>
    <member><Value>${value}</Value><Key>deletion_protection.enabled</Key></member>
  </Attributes></DescribeLoadBalancerAttributesResult></DescribeLoadBalancerAttributesResponse>`;
const answers = (isOn: boolean): { [operation: string]: Given } => ({
  DescribeTable: { body: JSON.stringify({ Table: { DeletionProtectionEnabled: isOn } }) },
  DescribeLoadBalancerAttributes: { body: attributes(isOn) },
  DescribeUserPool: { body: JSON.stringify({ UserPool: { DeletionProtection: isOn ? 'ACTIVE' : 'INACTIVE' } }) },
});

const before = process.env.AWS_ENDPOINT_URL;
let given = answers(true);
let aws: FakeAws;
let sts: STSClient;
beforeEach(async () => {
  given = answers(true);
  aws = await startFakeAws(
    (asked) => given[operationOf(asked)] ?? { status: 400, body: '{"__type":"UnknownOperation"}' },
  );
  process.env.AWS_ENDPOINT_URL = aws.endpoint;
  sts = new STSClient(accessTo(aws.endpoint));
});
afterEach(async () => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = before;
  sts.destroy();
  await aws.stop();
});

describe('what protects an environment', () => {
  test('is each table, balancer and user pool that is protected now, with the command that lifts it', async () => {
    expect(await protectionsOf({ sts }, plan)).toEqual([
      'aws dynamodb update-table --no-deletion-protection-enabled --table-name orders',
      expect.stringMatching(/^aws elbv2 modify-load-balancer-attributes .*--load-balancer-arn arn:balancer$/),
      'aws cognito-idp update-user-pool --deletion-protection INACTIVE --user-pool-id eu-west-1_pool',
    ]);
    expect(aws.asked.map(({ body }) => body)).toEqual([
      '{"TableName":"orders"}',
      expect.stringContaining('LoadBalancerArn=arn%3Abalancer'),
      '{"UserPoolId":"eu-west-1_pool"}',
    ]);
  });

  test('is nothing once it is lifted, although the templates have it', async () => {
    given = answers(false);
    expect(await protectionsOf({ sts }, plan)).toEqual([]);
  });

  test('is not what somebody deleted by hand', async () => {
    given = answers(false);
    given.DescribeTable = {
      status: 400,
      body: '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"none"}',
    };
    given.DescribeLoadBalancerAttributes = {
      status: 400,
      body: '<ErrorResponse><Error><Code>LoadBalancerNotFound</Code></Error></ErrorResponse>',
    };
    expect(await protectionsOf({ sts }, plan)).toEqual([]);
  });

  test('is unknown to whoever may not read it, and then nothing may be deleted', async () => {
    given.DescribeUserPool = { status: 400, body: '{"__type":"AccessDeniedException"}' };
    await expect(protectionsOf({ sts }, plan)).rejects.toThrow(
      'Whether eu-west-1_pool is protected cannot be read, so nothing was deleted: cognito-idp answers AccessDeniedException',
    );
  });

  test('is also what keeps a stack itself', async () => {
    given = answers(false);
    const [first] = plan.map((each) => ({ ...each, isTerminationProtected: true }));
    expect(await protectionsOf({ sts }, first ? [first] : [])).toEqual([
      expect.stringMatching(/update-termination-protection .*--stack-name fargate-shop-production-root$/),
    ]);
  });
});
