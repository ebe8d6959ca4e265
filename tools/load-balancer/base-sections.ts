import { badGateway, requestTimeout, targetTimeout } from '../front-door/front-door-problem.ts';
import { explained } from './haproxy-words.ts';
import { problemAnswer } from './problem-answer.ts';
import type { Timings } from './timings.ts';

/** An ALB gives up connecting to a target after so long; it has no setting for it. */
const CONNECT_TIMEOUT_SECONDS = 10;
/** When the balancer itself is stopped, running requests may still finish for so long. */
const LAST_REQUESTS_SECONDS = 8;

export function globalSection(): string {
  return [
    'global',
    explained(
      'Runtime commands from inside the container, such as deregistering a target:\n' +
        'exec 3<>/dev/tcp/127.0.0.1/9999; echo "set server be_catalog/catalog1 state drain" >&3; cat <&3',
      'stats socket ipv4@127.0.0.1:9999 level admin',
      'stats timeout 60s',
    ),
    explained(
      'What a target is when it comes and when it is deregistered.',
      'lua-load /usr/local/etc/haproxy/registration.lua',
    ),
    explained(
      'Memory is reserved for as many files as may be open, which some machines do not limit.',
      'fd-hard-limit 16384',
    ),
    `  hard-stop-after ${LAST_REQUESTS_SECONDS}s`,
  ].join('\n');
}

export function defaultsSection({ loadBalancer }: Timings): string {
  const idle = `${loadBalancer.idleTimeoutSeconds}s`;
  return [
    'defaults',
    '  mode http',
    explained(
      'A connection without a byte for so long is given up, on either side.',
      `timeout client ${idle}`,
      `timeout http-request ${idle}`,
      `timeout http-keep-alive ${idle}`,
      `timeout server ${idle}`,
      `timeout tunnel ${idle}`,
      `timeout connect ${CONNECT_TIMEOUT_SECONDS}s`,
    ),
    explained('Kept connections to the targets serve all clients.', 'http-reuse always'),
    explained('A client that hangs up ends its request at the target.', 'option abortonclose'),
    explained('An ALB does not try a request again: what fails is answered with 502.', 'retries 0'),
    explained(
      "The balancer's own answers. By 503 HAProxy means that a target did not take the connection: an ALB says 502.",
      `http-error ${problemAnswer(requestTimeout)}`,
      `http-error ${problemAnswer(badGateway)}`,
      `http-error ${problemAnswer(badGateway, 503)}`,
      `http-error ${problemAnswer(targetTimeout)}`,
    ),
  ].join('\n');
}

export function resolversSection(): string {
  return [
    'resolvers docker',
    '  nameserver dns 127.0.0.11:53',
    '  accepted_payload_size 8192',
    explained(
      'A container is registered and deregistered within about a second of its start and its end. A name server that\n' +
        'does not answer is no reason to deregister anybody.',
      'timeout resolve 1s',
      'timeout retry 1s',
      'hold valid 1s',
      'hold obsolete 0s',
      'hold nx 1s',
      'hold timeout 30s',
      'hold refused 30s',
      'hold other 30s',
    ),
  ].join('\n');
}
