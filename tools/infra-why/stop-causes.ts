import type { Cause } from './cause.ts';

const SCHEDULER = /ServiceSchedulerInitiated/;

/** The task ran, and was stopped: by the kernel, by ECS, or by somebody. */
export const stopCauses: Cause[] = [
  {
    id: 'out-of-memory',
    reason: /OutOfMemory/i,
    because: 'The container took more memory than it has, and the kernel killed it (exit code 137).',
    fix: 'Look for a leak by the memory alarm; if there is none, the next size of `TaskMemory` with its `TaskCpu`. The heap follows.',
  },
  {
    id: 'disk-full',
    reason: /no space left on device|disk ?full/i,
    because: 'The disk of the task is full.',
    fix: 'Only /tmp can be written to: see what is left there, or raise `EphemeralStorageGiB`.',
  },
  {
    id: 'container-unhealthy',
    reason: /failed container health checks/i,
    because: 'The health check inside the container failed: /livez did not answer in time.',
    fix: 'The process hangs or starves: look at its CPU and its last log lines. A larger `TaskCpu`, or more tasks by `MinCapacity`.',
  },
  {
    id: 'target-unreachable',
    reason: /failed ELB health checks.*(timed out|timeout|connection)/is,
    because: 'The load balancer gets no answer from the task.',
    fix: 'The security groups of the balancer and the service have to open `ContainerPort` to each other, the network ACL 1024-65535 back, and the program has to listen on 0.0.0.0.',
  },
  {
    id: 'target-unhealthy',
    reason: /failed ELB health checks/i,
    because:
      'The task answers the load balancer, but not with 200: /readyz does not exist, or the service is not ready.',
    fix: 'Ask /readyz in the same image by docker compose up. HealthCheckPath of service-routing.yaml has to be /readyz.',
  },
  {
    id: 'stop-too-slow',
    stopCode: /ServiceSchedulerInitiated|UserInitiated|SpotInterruption|TerminationNotice/,
    exitCode: 137,
    because: 'The task was asked to stop and had not ended when its StopTimeout was over, so it was killed.',
    fix: 'A request or a flush takes too long: SHUTDOWN_DELAY_MS and HANDLER_TIMEOUT_MS have to fit into StopTimeout (npm run infra:check, rules T-1 to T-8).',
  },
  {
    id: 'spot-interruption',
    isExpected: true,
    stopCode: /SpotInterruption|TerminationNotice/,
    because: 'Fargate took the Spot capacity back, two minutes after it said so. The service starts another task.',
    fix: 'Nothing to do. `SpotWeight` 0 runs on demand only; `MinCapacity` 2 or more keeps a task beside it.',
  },
  {
    id: 'maintenance',
    isExpected: true,
    reason: /maintenance|task retirement|being retired/i,
    because: 'AWS renews what the task ran on. The service starts another first.',
    fix: 'Nothing to do.',
  },
  {
    id: 'deployment-or-scaling',
    isExpected: true,
    stopCode: SCHEDULER,
    reason: /Scaling activity initiated/i,
    because: 'A deployment replaced the task, or scaling in took it away.',
    fix: 'Nothing to do. npm run infra:status tells whether a deployment was rolled back.',
  },
  {
    id: 'scheduler',
    isExpected: true,
    stopCode: SCHEDULER,
    because: 'The service stopped the task, for instance to spread its tasks over the zones.',
    fix: 'Nothing to do, unless it goes on: then the events of the service say more (aws ecs describe-services).',
  },
  {
    id: 'by-hand',
    isExpected: true,
    stopCode: /UserInitiated/,
    because: 'Somebody stopped the task (StopTask). The service starts another.',
    fix: 'Nothing to do. CloudTrail knows who it was.',
  },
];
