import { type ProblemKind, problemType } from '@shop/contracts/problem';
import { quoted } from './haproxy-words.ts';
import { PATH_VARIABLE } from './variables.ts';

/** A problem of the front door as the arguments of HAProxy's `http-request return` and `http-error`. */
export function problemAnswer({ code, status, title }: ProblemKind, answersTo = status): string {
  const problem = JSON.stringify({ type: problemType(code), title, status, instance: '', code });
  const text = problem
    .replaceAll('%', '%%')
    .replace('"instance":""', `"instance":"%[var(${PATH_VARIABLE}),json(utf8s)]"`);
  return `status ${answersTo} content-type application/problem+json lf-string ${quoted(text)}`;
}
