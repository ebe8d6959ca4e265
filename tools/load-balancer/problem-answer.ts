import { type ProblemKind, problemType } from '@shop/contracts/problem';
import { quoted } from './haproxy-words.ts';

/** Where the frontend keeps the path as it came, whatever a rule makes of it later. */
export const PATH_VARIABLE = 'txn.path';

/** Set when an answer of status 503 is to stay one: a target's own, or the one that says that there is no target. */
export const ANSWERED_VARIABLE = 'txn.answered';

/** A problem of the front door as the arguments of HAProxy's `http-request return` and `http-error`. */
export function problemAnswer({ code, status, title }: ProblemKind, answersTo = status): string {
  const problem = JSON.stringify({ type: problemType(code), title, status, instance: '', code });
  const text = problem
    .replaceAll('%', '%%')
    .replace('"instance":""', `"instance":"%[var(${PATH_VARIABLE}),json(utf8s)]"`);
  return `status ${answersTo} content-type application/problem+json lf-string ${quoted(text)}`;
}
