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
  /** Somebody has to look: not what is wanted, and neither a pause nor a deployment that still goes on. */
  isBad: boolean;
};

type Remark = Pick<ServiceState, 'remark' | 'isBad'>;
const bad = (remark: string): Remark => ({ remark, isBad: true });
const fine = (remark: string): Remark => ({ remark, isBad: false });

/** What a stack asks for, and ECS does not know. */
export function missingService(name: string, wantedDefinition: string | undefined): ServiceState {
  const wanted = revisionOf(wantedDefinition);
  return { name, wanted, running: '-', desiredCount: 0, runningCount: 0, ...bad('the service is not there') };
}

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
  return { ...state, ...remarkOn(service, primary, state, latest) };
}

function remarkOn(
  service: Service,
  primary: Deployment | undefined,
  state: Omit<ServiceState, keyof Remark>,
  latest: LatestDeployment,
): Remark {
  const rollback = 'unknown' in latest ? rollbackByWords(service) : latest.deployment && rollbackOf(latest.deployment);
  if (rollback) return bad(rollback);
  if (primary?.rolloutState === 'FAILED') return bad(`FAILED: ${primary.rolloutStateReason ?? 'ECS names no reason'}`);
  // While CloudFormation waits for it, the stack still tells the task definition of before.
  if (primary?.rolloutState === 'IN_PROGRESS' && state.desiredCount > 0) return fine('a deployment goes on');
  if (state.wanted !== '-' && state.wanted !== state.running)
    return bad(`revision ${state.wanted} is wanted and ${state.running} runs`);
  if (state.desiredCount === 0) return fine('paused, or never scaled up');
  return state.runningCount < state.desiredCount ? bad('tasks are starting, or do not stay up') : fine('');
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
