import type { ProblemKind } from '@shop/contracts/problem';

export const keyReused = {
  code: 'GATEWAY_IDEMPOTENCY_KEY_REUSED',
  status: 422,
  title: 'The idempotency key belongs to a request with other content.',
} as const satisfies ProblemKind;

export const keyInUse = {
  code: 'GATEWAY_KEY_IN_USE',
  status: 409,
  title: 'A request with this idempotency key is being processed.',
} as const satisfies ProblemKind;

export const alreadyRefunded = {
  code: 'GATEWAY_ALREADY_REFUNDED',
  status: 409,
  title: 'The refund exceeds what is left of the charge.',
} as const satisfies ProblemKind;

export const chargeNotFound = {
  code: 'GATEWAY_CHARGE_NOT_FOUND',
  status: 404,
  title: 'The reference has no successful charge with this id and currency.',
} as const satisfies ProblemKind;

export const invalidCursor = {
  code: 'GATEWAY_INVALID_CURSOR',
  status: 400,
  title: 'The cursor was not handed out by this gateway.',
} as const satisfies ProblemKind;

export const wrongKey = {
  code: 'GATEWAY_UNAUTHENTICATED',
  status: 401,
  title: 'The API key is missing or wrong.',
} as const satisfies ProblemKind;

/** The 500 of `pm_error`. */
export const failed = {
  code: 'GATEWAY_FAILED',
  status: 500,
  title: 'The gateway failed, as this payment method asks it to.',
} as const satisfies ProblemKind;

/** Seen by a caller only when the gateway stops, or holds a request as long as it ever does. */
export const gaveUp = {
  code: 'GATEWAY_GAVE_UP',
  status: 503,
  title: 'The gateway stopped working on the request. Ask again with the same key.',
} as const satisfies ProblemKind;

export const gatewayProblems: readonly ProblemKind[] = [
  keyReused,
  keyInUse,
  alreadyRefunded,
  chargeNotFound,
  invalidCursor,
  wrongKey,
  failed,
  gaveUp,
];
