import { parseConfig } from '@shop/config';
import { serviceConfig } from '@shop/service';
import { Type } from 'typebox';
import type { Timings } from '../load-balancer/timings.ts';

/** The time lines of infra/README.md, from infra/timings.json and the defaults of the services. */
export function timelines(timings: Timings): string {
  return ['### A new task', table(startSteps(timings)), '### A task that leaves', table(stopSteps(timings))].join(
    '\n\n',
  );
}

type Step = [at: string, what: string];

function startSteps({ targetGroup, container, service }: Timings): Step[] {
  const { healthCheckStartPeriodSeconds: start, healthCheckIntervalSeconds: interval, healthCheckRetries } = container;
  const healthy = targetGroup.healthyThresholdCount * targetGroup.healthCheckIntervalSeconds;
  return [
    [
      '0 s',
      'ECS starts a task beside the old ones (100 to 200 % of the wanted number run), gets its image and starts it',
    ],
    [`to ${start} s`, 'container health checks that fail do not count yet'],
    [
      `${healthy} s after it listens`,
      `the balancer has seen ${targetGroup.healthyThresholdCount} good answers of ${targetGroup.healthCheckPath}, and sends requests`,
    ],
    [
      `${start + healthCheckRetries * interval} s`,
      `a container that was never healthy is given up (${healthCheckRetries} checks, ${interval} s apart)`,
    ],
    [`${service.healthCheckGracePeriodSeconds} s`, 'from now on ECS also replaces a task whose target fails'],
    [
      'then',
      'one old task leaves for each new one that is healthy; when too many fail, the circuit breaker brings the old version back',
    ],
  ];
}

function stopSteps({ targetGroup, container, loadBalancer }: Timings): Step[] {
  const config = parseConfig(Type.Object(serviceConfig), {});
  const seconds = (milliseconds: number) => milliseconds / 1000;
  const [delay, handler] = [seconds(config.SHUTDOWN_DELAY_MS), seconds(config.HANDLER_TIMEOUT_MS)];
  const {
    healthCheckIntervalSeconds: interval,
    unhealthyThresholdCount: failures,
    healthCheckTimeoutSeconds,
  } = targetGroup;
  return [
    [
      'before',
      `ECS takes the target out: no new requests, those in flight have ${targetGroup.deregistrationDelaySeconds} s, and a handler needs ${handler} s at most. StopTask, Spot and the names of Cloud Map skip this`,
    ],
    ['0 s', `SIGTERM: ${targetGroup.healthCheckPath} answers 503, every other request is still served`],
    [
      `${interval * failures + healthCheckTimeoutSeconds} s`,
      `the balancer has seen it at the latest (${failures} checks, ${interval} s apart, ${healthCheckTimeoutSeconds} s to answer)`,
    ],
    [
      `${delay} s`,
      `the service takes no more requests and closes idle connections, which it kept ${seconds(config.KEEP_ALIVE_TIMEOUT_MS)} s and the balancer ${loadBalancer.idleTimeoutSeconds} s`,
    ],
    [`${delay + handler} s`, 'the last request is answered; logs and traces are flushed, exit code 0'],
    [`${seconds(config.SHUTDOWN_DEADLINE_MS)} s`, 'a service that is still there gives up by itself'],
    [`${container.stopTimeoutSeconds} s`, 'ECS kills what is left (SIGKILL, exit code 137)'],
  ];
}

function table(steps: readonly Step[]): string {
  return ['| at | what happens |', '| --- | --- |', ...steps.map(([at, what]) => `| ${at} | ${what} |`)].join('\n');
}
