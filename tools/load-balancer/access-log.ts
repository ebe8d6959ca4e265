import { quoted } from './haproxy-words.ts';
import { PATH_VARIABLE, SERVICE_VARIABLE, TRACE_VARIABLE } from './variables.ts';

const FIELDS = [
  '%{+json}o',
  '%(time)[date(0,ms),ms_utime("%Y-%m-%dT%H:%M:%S.%3NZ")]',
  '%(client)[src]',
  '%(method)HM',
  `%(path)[var(${PATH_VARIABLE})]`,
  '%(status:sint)ST',
  `%(service)[var(${SERVICE_VARIABLE})]`,
  '%(target)[bc_dst]',
  '%(duration_ms:sint)Ta',
  '%(bytes:sint)B',
  `%(trace_header)[var(${TRACE_VARIABLE})]`,
  '%(termination)ts',
].join(' ');

/** Writes a line of JSON to standard output for each request. */
export function accessLog(): readonly string[] {
  return ['log stdout format raw local0', `log-format ${quoted(FIELDS)}`];
}
