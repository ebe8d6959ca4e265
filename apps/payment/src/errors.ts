import { ProblemError, type ProblemKind } from '@shop/contracts/problem';

export const paymentNotFound = {
  code: 'PAYMENT_NOT_FOUND',
  status: 404,
  title: 'You have no payment with this id.',
} as const satisfies ProblemKind;

export const paymentFenced = {
  code: 'PAYMENT_FENCED',
  status: 409,
  title: 'The order can no longer be charged: its payment is void, given back, or of another amount.',
} as const satisfies ProblemKind;

export const outcomeUnknown = {
  code: 'PAYMENT_OUTCOME_UNKNOWN',
  status: 503,
  title: 'The gateway has not told the outcome. Repeat the request: the charge or refund is made once.',
} as const satisfies ProblemKind;

export const gatewayRefused = {
  code: 'PAYMENT_GATEWAY_REFUSED',
  status: 503,
  title: 'The gateway does not take our requests. Somebody has to mend that; repeating helps only afterwards.',
} as const satisfies ProblemKind;

export const paymentProblems: readonly ProblemKind[] = [paymentNotFound, paymentFenced, outcomeUnknown, gatewayRefused];

/** The request may have had its effect, or may have it yet: a time-out, a failure of the gateway, a key in use. */
export class GatewayOutcomeUnknown extends Error {
  override readonly name = 'GatewayOutcomeUnknown';
}

/** The gateway will not take the request as this service makes it: our own fault, which no repeat mends. */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal';
}

const RETRY_UNKNOWN_S = 1;
const RETRY_REFUSED_S = 600;

/** The problem for what the gateway did to a request; any other error stays what it is. */
export function toProblem(error: unknown): unknown {
  if (error instanceof GatewayOutcomeUnknown) return away(outcomeUnknown, RETRY_UNKNOWN_S, error);
  if (error instanceof GatewayRefusal) return away(gatewayRefused, RETRY_REFUSED_S, error);
  return error;
}

function away(kind: ProblemKind, retryAfterS: number, cause: Error): ProblemError {
  return new ProblemError(kind, { headers: { 'retry-after': String(retryAfterS) }, cause });
}
