import type { ServiceDeployment } from '@aws-sdk/client-ecs';

const words: { [status: string]: string } = {
  ROLLBACK_REQUESTED: 'ROLLING BACK',
  ROLLBACK_IN_PROGRESS: 'ROLLING BACK',
  ROLLBACK_SUCCESSFUL: 'ROLLED BACK',
  ROLLBACK_FAILED: 'ROLLBACK FAILED',
  STOP_REQUESTED: 'STOPPED',
  STOPPED: 'STOPPED',
};

/** A sentence on a deployment that did not reach its end: which end it took, and why. Empty for any other. */
export function rollbackOf({ status, statusReason, rollback, alarms }: ServiceDeployment): string {
  const word = words[status ?? ''];
  if (word === undefined) return '';
  const { triggeredAlarmNames = [] } = alarms ?? {};
  const rung = triggeredAlarmNames.length > 0 ? `alarms ${triggeredAlarmNames.join(', ')}` : undefined;
  const reasons = [...new Set([rollback?.reason, statusReason, rung].filter((text) => text !== undefined))];
  return `${word}: ${reasons.join(' ') || 'ECS names no reason'}`;
}
