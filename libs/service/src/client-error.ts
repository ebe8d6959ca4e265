import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type Problem, type ProblemKind, problemType } from '@shop/contracts/problem';
import type { GenericProblems } from './generic-problems.ts';

/** A request that reached no route. Neither its path nor its text is told: nobody knows what they hold. */
export type Refusal = { method?: string; status: number; reason: string | undefined };

/**
 * Answers what Node's HTTP parser refuses, such as headers of more than 16 KiB, before there is a request: as a problem
 * too, and the connection ends, since nobody can tell where the next request would begin.
 */
export function clientErrorHandler(generic: GenericProblems, refused: (refusal: Refusal) => void) {
  return ({ code }: NodeJS.ErrnoException, socket: Socket): void => {
    if (code !== 'ECONNRESET' && socket.writable) {
      const kind = kindOf(code, generic);
      socket.write(rawProblem(kind));
      refused({ status: kind.status, reason: code });
    }
    socket.destroy();
  };
}

function kindOf(code: string | undefined, generic: GenericProblems): ProblemKind {
  if (code === 'HPE_HEADER_OVERFLOW') return generic.headersTooLarge;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? generic.requestTimeout : generic.invalidRequest;
}

function rawProblem({ code, status, title }: ProblemKind): string {
  const body = JSON.stringify({ type: problemType(code), title, status, code } satisfies Problem);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
