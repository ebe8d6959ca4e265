import { isSpanContextValid, trace } from '@opentelemetry/api';
import { type Problem, type ProblemError, problemType } from '@shop/contracts/problem';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { GenericProblems } from './generic-problems.ts';
import { toProblem } from './to-problem.ts';

/** Answers every error as a problem (RFC 9457). What is not foreseen is a 500 that is logged and tells nothing. */
export function errorHandler(generic: GenericProblems) {
  return (error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply) => {
    const problem = toProblem(error, generic);
    if (problem.kind.status >= 500) request.log.error({ err: error }, problem.kind.code);
    return sendProblem(problem, request, reply);
  };
}

export function sendProblem({ kind, details }: ProblemError, request: FastifyRequest, reply: FastifyReply) {
  const span = trace.getActiveSpan()?.spanContext();
  const body: Problem = {
    type: problemType(kind.code),
    title: kind.title,
    status: kind.status,
    ...(details.detail && { detail: details.detail }),
    instance: request.url.split('?', 1)[0] ?? request.url,
    code: kind.code,
    ...(span && isSpanContextValid(span) && { traceId: span.traceId }),
    ...details.members,
  };
  return reply
    .code(kind.status)
    .headers(details.headers ?? {})
    .type('application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(body);
}
