import { noTarget } from '../front-door/front-door-problem.ts';
import { explained } from './haproxy-words.ts';
import { problemAnswer } from './problem-answer.ts';
import type { Timings } from './timings.ts';
import { ANSWERED_VARIABLE } from './variables.ts';

/** A service can have so many targets at once. */
const MOST_TARGETS = 10;
const TARGET_PORT = 3000;

/** What an ALB calls a target group. */
export const groupName = (service: string) => `be_${service}`;
export const failOpenName = (service: string) => `${groupName(service)}_fail_open`;

export function backendSections(service: string, { targetGroup }: Timings): string {
  const { healthCheckPath, healthCheckIntervalSeconds: interval, healthCheckTimeoutSeconds: timeout } = targetGroup;
  const { healthyThresholdCount: rise, unhealthyThresholdCount: fall } = targetGroup;
  // After its registration a target of an ALB needs one check, here as many as later, so these follow faster.
  const downInterval = (interval * 1000) / rise;
  return [
    `backend ${groupName(service)}`,
    explained('Least outstanding requests.', 'balance leastconn'),
    explained(
      'The health check of the target group.',
      'option httpchk',
      `http-check send meth GET uri ${healthCheckPath} ver HTTP/1.1 hdr Host ${service}`,
      'http-check expect status 200',
      `timeout check ${timeout}s`,
      `default-server check inter ${interval}s downinter ${downInterval}ms rise ${rise} fall ${fall}`,
    ),
    targets(service),
    '',
    `backend ${failOpenName(service)}`,
    '  balance leastconn',
    explained(
      'Nobody is registered.',
      'acl is_empty nbsrv eq 0',
      `http-request set-var(${ANSWERED_VARIABLE}) bool(true) if is_empty`,
      `http-request return ${problemAnswer(noTarget)} if is_empty`,
    ),
    targets(service),
  ].join('\n');
}

function targets(service: string): string {
  return explained(
    "The containers that Docker's DNS knows by the service's name.",
    'default-server init-addr none resolvers docker resolve-prefer ipv4',
    `server-template ${service} 1-${MOST_TARGETS} ${service}:${TARGET_PORT}`,
  );
}
