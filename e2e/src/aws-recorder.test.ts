import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from '@jest/globals';
import { createDynamo } from '@shop/dynamo';
import { testTables } from '@shop/dynamo/testing';
import { startAwsRecorder } from './aws-recorder.ts';

test('A recorder passes calls on, keeps the right of each once, and refuses what nobody emulates', async () => {
  const { dynamo: direct, names, drop } = await testTables({ orders: { key: 'orderId' } });
  const recorder = await startAwsRecorder({ DynamoDB_20120810: process.env.AWS_ENDPOINT_URL_DYNAMODB });
  const { AWS_ENDPOINT_URL: endpoint } = recorder.environment;
  const recorded = createDynamo({ endpoint });
  try {
    const read = new GetCommand({ TableName: names.orders, Key: { orderId: 'none' } });
    const deadlineAt = Date.now() + 10_000;
    await direct.read(read, deadlineAt);
    expect(recorder.rights()).toEqual([]);
    expect((await recorded.read(read, deadlineAt)).Item).toBeUndefined();
    await recorded.read(read, deadlineAt);
    const headers = { 'x-amz-target': 'AmazonSSM.GetParameter' };
    expect((await fetch(endpoint, { method: 'POST', headers, body: '{}' })).status).toBe(501);
    expect((await fetch(`${endpoint}/bucket/key`)).status).toBe(501);
    expect(recorder.rights()).toEqual([
      { action: 'dynamodb:GetItem', resource: names.orders },
      { action: 'AmazonSSM.GetParameter', resource: '*' },
      { action: 'GET /bucket/key', resource: '*' },
    ]);
  } finally {
    recorded.close();
    await recorder.close();
    await drop();
  }
});

test('A recorder ends a call whose emulation never answers', async () => {
  const silent = createServer(() => {});
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const recorder = await startAwsRecorder({ DynamoDB_20120810: address }, { timeoutMs: 100 });
  const headers = { 'x-amz-target': 'DynamoDB_20120810.ListTables' };
  try {
    const call = fetch(recorder.environment.AWS_ENDPOINT_URL, { method: 'POST', headers, body: '{}' });
    await expect(call).rejects.toThrow('fetch failed');
  } finally {
    await recorder.close();
    silent.closeAllConnections();
    await new Promise((closed) => silent.close(closed));
  }
}, 10_000);
