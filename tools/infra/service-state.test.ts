import type { Service } from '@aws-sdk/client-ecs';
import { describe, expect, test } from '@jest/globals';
import type { LatestDeployment } from './service-deployment.ts';
import { missingService, serviceState } from './service-state.ts';

const definition = (revision: number) => `arn:aws:ecs:us-east-1:123456789012:task-definition/shop-order:${revision}`;
const deployed = (revision: number, more: object = {}) => ({
  status: 'PRIMARY',
  taskDefinition: definition(revision),
  rolloutState: 'COMPLETED' as const,
  createdAt: new Date('2026-11-21T12:00:00Z'),
  ...more,
});
const service = (more: Partial<Service>): Service => ({
  serviceName: 'shop-order',
  desiredCount: 2,
  runningCount: 2,
  deployments: [deployed(7)],
  ...more,
});
const unknown = { unknown: 'nobody may ask' };
const remark = (more: Partial<Service>, wanted = 7, latest: LatestDeployment = unknown) =>
  serviceState(service(more), definition(wanted), latest).remark;

describe('the state of a service', () => {
  test('is nothing to remark on when what is wanted runs', () => {
    expect(serviceState(service({}), definition(7), { deployment: undefined })).toEqual({
      name: 'shop-order',
      wanted: '7',
      running: '7',
      desiredCount: 2,
      runningCount: 2,
      remark: '',
      isBad: false,
    });
  });

  test('says that the circuit breaker is rolling back, in the words of ECS', () => {
    const failed = { status: 'ACTIVE', rolloutState: 'FAILED' as const };
    const rolloutStateReason = 'ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.';
    const deployments = [deployed(7, { rolloutState: 'IN_PROGRESS' }), deployed(8, { ...failed, rolloutStateReason })];
    expect(remark({ deployments }, 8)).toBe(`ROLLED BACK: ${rolloutStateReason}`);
  });

  const event = (createdAt: string) => ({
    createdAt: new Date(createdAt),
    message: '(service shop-order) rolling back to deployment ecs-svc/1.',
  });

  test('still says so when only an event is left of it', () => {
    expect(remark({ events: [event('2026-11-21T12:00:05Z')] }, 8)).toMatch(
      /^ROLLED BACK: .*rolling back to deployment/,
    );
  });

  test('is told by the service deployment before any words, although the old revision is wanted again', () => {
    const rollback = { reason: 'The circuit breaker was triggered.' };
    const deployment = { status: 'ROLLBACK_SUCCESSFUL' as const, rollback };
    expect(remark({}, 7, { deployment })).toBe('ROLLED BACK: The circuit breaker was triggered.');
    const events = [event('2026-11-21T12:00:05Z')];
    expect(remark({ events }, 7, { deployment: { status: 'SUCCESSFUL' } })).toBe('');
  });

  test('forgets it once another deployment has begun', () => {
    expect(remark({ events: [event('2026-11-21T11:30:00Z')] })).toBe('');
  });

  const state = (more: Partial<Service>, wanted = 7, latest: LatestDeployment = unknown) => {
    const { remark: words, isBad } = serviceState(service(more), definition(wanted), latest);
    return [isBad, words];
  };

  test('is bad when another revision runs than is wanted, or tasks do not stay up, whatever the words', () => {
    expect(state({}, 8)).toEqual([true, 'revision 8 is wanted and 7 runs']);
    expect(state({ runningCount: 1 })).toEqual([true, 'tasks are starting, or do not stay up']);
    const failed = [deployed(7, { rolloutState: 'FAILED' })];
    expect(state({ deployments: failed })).toEqual([true, expect.stringMatching(/^FAILED/)]);
    expect(state({}, 7, { deployment: { status: 'ROLLBACK_SUCCESSFUL' } })).toEqual([
      true,
      expect.stringMatching(/^ROLLED BACK/),
    ]);
    expect(missingService('shop-order', definition(7))).toMatchObject({ wanted: '7', running: '-', isBad: true });
  });

  test('is not bad while CloudFormation waits for the revision that its stack does not tell yet', () => {
    const deployments = [deployed(8, { rolloutState: 'IN_PROGRESS' }), { ...deployed(7), status: 'ACTIVE' }];
    const { remark: said, isBad } = serviceState(service({ deployments }), definition(7), { deployment: undefined });
    expect([said, isBad]).toEqual(['a deployment goes on', false]);
  });

  test('is not bad while it is paused or a deployment goes on', () => {
    expect(state({ desiredCount: 0, runningCount: 0 })).toEqual([false, 'paused, or never scaled up']);
    const moving = [deployed(7, { rolloutState: 'IN_PROGRESS' })];
    expect(state({ deployments: moving, runningCount: 1 })).toEqual([false, 'a deployment goes on']);
  });
});
