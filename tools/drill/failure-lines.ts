import type { Failure } from '@shop/load-generator/failure';
import { type AccessLine, lineOf } from './access-log.ts';

/** A line for each failure, with what the balancer knows of it: enough to look the cause up in the tasks' logs. */
export function failureLines(
  failures: readonly Failure[],
  lines: readonly AccessLine[],
  nameOf: (ip: string) => string,
): string[] {
  return failures.map((failure) => {
    const { at, request, client, kind, status, code, latencyMs } = failure;
    const line = lineOf(failure, lines);
    const target = line?.target ? `sent to ${nameOf(line.target)}` : 'sent to no task';
    const balancer = line ? `${target}, ${line.status} ${line.termination} at ${line.time}` : 'not in its access log';
    const what = [kind, status, code].filter(Boolean).join(' ');
    return `${at} ${request} (${client}): ${what} after ${Math.round(latencyMs)} ms; balancer: ${balancer}`;
  });
}

/** The IP address in what the balancer calls a target. */
export function ipOf(target: string): string {
  return target.replace(/:\d+$/, '');
}
