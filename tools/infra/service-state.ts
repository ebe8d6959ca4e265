import type { Deployment, Service } from '@aws-sdk/client-ecs';
import { rollbackOf } from './rollback.ts';
import type { LatestDeployment } from './service-deployment.ts';

export type ServiceState = {
  name: string;
  /** Of the task definition that the stack asks for: `7`; and of the deployment that ECS holds to. */
  wanted: string;
  running: string;
  desiredCount: number;
  runningCount: number;
  /** A sentence on a deployment that goes on, failed or was rolled back; empty when all is as wanted. */
  remark: string;
};

/**
 * What ECS says of a service and its latest deployment, against the task definition that its stack asks for (undefined: no such
 * stack).
 */
export function serviceState(
  service: Service,
  wantedDefinition: string | undefined,
  latest: LatestDeployment,
): ServiceState {
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  const running = revisionOf(primary?.taskDefinition ?? service.taskDefinition);
  const state = {
    name: service.serviceName ?? '?',
    wanted: revisionOf(wantedDefinition),
    running,
    desiredCount: service.desiredCount ?? 0,
    runningCount: service.runningCount ?? 0,
  };
  return { ...state, remark: remarkOn(service, primary, state, latest) };
}

function remarkOn(
  service: Service,
  primary: Deployment | undefined,
  state: Omit<ServiceState, 'remark'>,
  latest: LatestDeployment,
): string {
  const rollback = 'unknown' in latest ? rollbackByWords(service) : latest.deployment && rollbackOf(latest.deployment);
  if (rollback) return rollback;
  if (primary?.rolloutState === 'FAILED') return `FAILED: ${primary.rolloutStateReason ?? 'ECS names no reason'}`;
  if (state.wanted !== '-' && state.wanted !== state.running)
    return `revision ${state.wanted} is wanted and ${state.running} runs`;
  if (state.desiredCount === 0) return 'paused, or never scaled up';
  if (primary?.rolloutState === 'IN_PROGRESS') return 'a deployment goes on';
  return state.runningCount < state.desiredCount ? 'tasks are starting, or do not stay up' : '';
}

/** Where ECS does not tell its service deployments, what else it says of a rollback. */
function rollbackByWords(service: Service): string {
  const reason = service.deployments?.map(({ rolloutStateReason = '' }) => rolloutStateReason).find(isRollback);
  const event = lastOf(service, isRollback);
  return reason || (event && !isOvercome(service, event)) ? `ROLLED BACK: ${reason ?? event?.message}` : '';
}

/** The words of the circuit breaker and of alarms alike; their wording is no contract of ECS (unverified). */
function isRollback(text: string): boolean {
  return /roll(ing|ed) back|rollback/i.test(text);
}

type Event = { message?: string | undefined; createdAt?: Date | undefined };

function lastOf(service: Service, matches: (text: string) => boolean): Event | undefined {
  return (service.events ?? [])
    .filter(({ message }) => matches(message ?? ''))
    .sort((one, other) => Number(other.createdAt) - Number(one.createdAt))[0];
}

/** Rolling back begins a deployment of the old revision; one that begins later is somebody's next try. */
function isOvercome({ deployments = [] }: Service, { createdAt = new Date(0) }: Event): boolean {
  const SLACK_MS = 60_000;
  return deployments.some(
    ({ status, createdAt: begun }) => status === 'PRIMARY' && Number(begun) > Number(createdAt) + SLACK_MS,
  );
}

function revisionOf(taskDefinition: string | undefined): string {
  return taskDefinition?.split(':').at(-1) ?? '-';
}
