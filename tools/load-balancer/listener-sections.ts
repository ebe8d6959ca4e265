import { accessLog } from './access-log.ts';
import { explained } from './haproxy-words.ts';
import type { Timings } from './timings.ts';
import { PATH_VARIABLE } from './variables.ts';

/** Where the frontend with the rules listens. Over a Unix socket an answer that comes before the body is read can be lost. */
export const RULES_SOCKET = '127.0.0.1:8081';

/** The frontend that gives up behind this one is to say so first. */
const SLACK_SECONDS = 5;

/**
 * The hop before the rules. When a target breaks a kept connection, HAProxy closes the client's without a word; an ALB
 * answers with 502. So does this hop, whose connections to the next one are new for each request.
 */
export function listenerSections({ loadBalancer }: Timings): string {
  return [
    'frontend listener',
    '  bind :8080 proto h1',
    `  http-request set-var(${PATH_VARIABLE}) path`,
    explained(
      'What the rules answer they log themselves.',
      ...accessLog(),
      'option dontlognull',
      'http-response set-log-level silent',
    ),
    explained(
      'A body, or the first 16 KiB of it, has to arrive in time, or 408 is the answer.',
      'option http-buffer-request',
    ),
    '  default_backend be_rules',
    '',
    'backend be_rules',
    explained(
      'A request whose kept connection a target breaks ends here without an answer, which makes it a 502: for that the\n' +
        'connection to the rules has to be new.',
      'option http-server-close',
      `timeout server ${loadBalancer.idleTimeoutSeconds + SLACK_SECONDS}s`,
      `server rules ${RULES_SOCKET} send-proxy-v2`,
    ),
  ].join('\n');
}
