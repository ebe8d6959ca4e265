import { ProblemError } from '@shop/contracts/problem';
import { StorageUnavailable } from '@shop/dynamo';
import { PeerUnavailable } from '@shop/http-client';
import { IdentityError } from '@shop/identity';
import type { FastifyError } from 'fastify';
import type { GenericProblems } from './generic-problems.ts';
import { validationErrors } from './validation-errors.ts';

const RETRY_SOON = { 'retry-after': '1' };

/** Which problem an error is for the caller; the first row that fits counts. */
export function toProblem(error: FastifyError | Error, generic: GenericProblems): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof IdentityError) return identityProblem(error, generic);
  if (error instanceof StorageUnavailable || error instanceof PeerUnavailable) return unavailable(generic, error);
  if ('validation' in error && error.validation) {
    return new ProblemError(generic.invalidRequest, { members: { errors: validationErrors(error) } });
  }
  const code = 'code' in error ? error.code : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ProblemError(generic.payloadTooLarge);
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new ProblemError(generic.unsupportedMediaType);
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  if (status >= 400 && status < 500) return new ProblemError(generic.invalidRequest, { detail: error.message });
  return new ProblemError(generic.internal, { cause: error });
}

/** Whoever hears this may repeat the request: every write names the state it expects. */
export function unavailable(generic: GenericProblems, cause: Error): ProblemError {
  return new ProblemError(generic.unavailable, { headers: RETRY_SOON, cause });
}

/** The challenge is that of RFC 6750, section 3. */
function identityProblem(error: IdentityError, generic: GenericProblems): ProblemError {
  switch (error.reason) {
    case 'missing':
      return new ProblemError(generic.unauthenticated, { headers: { 'www-authenticate': 'Bearer' } });
    case 'invalid':
      return new ProblemError(generic.unauthenticated, {
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      });
    case 'scope':
      return new ProblemError(generic.forbidden, {
        headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${error.scope}"` },
      });
    case 'unavailable':
      return unavailable(generic, error);
  }
}
