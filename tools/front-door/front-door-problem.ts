import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Problem, type ProblemKind, problemType } from '@shop/contracts/problem';

export const routeNotFound: ProblemKind = {
  code: 'FRONT_DOOR_ROUTE_NOT_FOUND',
  status: 404,
  title: 'No service answers this path',
};
export const requestTimeout: ProblemKind = {
  code: 'FRONT_DOOR_REQUEST_TIMEOUT',
  status: 408,
  title: 'The request did not arrive in time',
};
export const badGateway: ProblemKind = {
  code: 'FRONT_DOOR_BAD_GATEWAY',
  status: 502,
  title: 'The service refused or broke the connection',
};
export const noTarget: ProblemKind = {
  code: 'FRONT_DOOR_NO_TARGET',
  status: 503,
  title: 'The service is not running',
};
export const targetTimeout: ProblemKind = {
  code: 'FRONT_DOOR_TARGET_TIMEOUT',
  status: 504,
  title: 'The service did not answer in time',
};

/** Answers in the front door's own name: the request reached no service, or its answer never came. */
export function sendProblem(response: ServerResponse, kind: ProblemKind, request: IncomingMessage): void {
  const problem: Problem = {
    type: problemType(kind.code),
    title: kind.title,
    status: kind.status,
    instance: request.url?.split('?')[0] ?? '',
    code: kind.code,
  };
  const body = JSON.stringify(problem);
  response.writeHead(kind.status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    // What is left of an unread body must not be taken for the next request.
    ...(!request.complete && { connection: 'close' }),
  });
  response.end(body);
}
