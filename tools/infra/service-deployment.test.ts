import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ECSClient } from '@aws-sdk/client-ecs';
import { describe, expect, test } from '@jest/globals';
import { rollbackOf } from './rollback.ts';
import { type LatestDeployment, latestDeployment } from './service-deployment.ts';

type Answer = { status?: number; body: string };

/** The call to an ECS that gives these answers, by operation. */
async function asked(answers: { [operation: string]: Answer }): Promise<LatestDeployment> {
  const server = createServer((request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const { status = 200, body } = answers[operation] ?? { status: 404, body: '{}' };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ecs = new ECSClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    maxAttempts: 1,
  });
  try {
    return await latestDeployment(ecs, { cluster: 'fargate-shop-workshop', service: 'fargate-shop-workshop-order' });
  } finally {
    ecs.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** What status tells of a fixture: shapes by the types of the SDK, reasons by the documentation. */
async function told(id: string): Promise<string> {
  const fixture = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${id}.json`), 'utf8'));
  const operations = ['ListServiceDeployments', 'DescribeServiceDeployments'];
  const found = await asked(
    Object.fromEntries(operations.map((each) => [each, { body: JSON.stringify(fixture[each]) }])),
  );
  return 'deployment' in found && found.deployment ? rollbackOf(found.deployment) : 'none';
}

describe('the latest deployment of a service', () => {
  test.each([
    ['rolled-back-by-circuit-breaker', /^ROLLED BACK: .*circuit breaker/],
    ['rolled-back-by-alarm', /^ROLLED BACK: .*alarms fargate-shop-workshop-order-target-5xx$/],
    ['rolling-back', /^ROLLING BACK: .*circuit breaker/],
    ['rollback-failed', /^ROLLBACK FAILED: .*did not start/],
    ['stopped', /^STOPPED: /],
    ['in-progress', /^$/],
    ['successful', /^$/],
  ])('is told with its reason, when it did not come to its end: %s', async (id, sentence) => {
    expect(await told(id)).toMatch(sentence);
  });

  test('is none for a service that never had one', async () => {
    expect(await asked({ ListServiceDeployments: { body: '{"serviceDeployments":[]}' } })).toEqual({
      deployment: undefined,
    });
  });

  test('is unknown, with the reason, to whoever may not ask', async () => {
    const body = JSON.stringify({ __type: 'AccessDeniedException', message: 'User is not authorized' });
    expect(await asked({ ListServiceDeployments: { status: 400, body } })).toEqual({
      unknown: 'these credentials may not call ecs:ListServiceDeployments',
    });
  });

  test('is unknown, with the reason, where an emulator answers with a page', async () => {
    expect(await asked({ ListServiceDeployments: { status: 500, body: '<!doctype html>' } })).toEqual({
      unknown: 'it answers 500, as an emulator without this call does',
    });
  });
});
