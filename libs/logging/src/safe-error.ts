import { isNativeError } from 'node:util/types';
import { maskPaymentDetails } from './mask-payment-details.ts';

export type SafeError = { type: string; message: string; stack?: string; code?: string; cause?: SafeError };

const deepestCause = 5;

/**
 * What of an error may be written. Libraries hang requests, headers and bodies on their errors, so only these four
 * fields are taken, of the error and of its causes, and payment details in their text are masked.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!isError(error)) return { type: typeof error, message: maskPaymentDetails(String(error)) };
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: name,
    message: maskPaymentDetails(message),
    ...(stack === undefined ? {} : { stack: maskPaymentDetails(stack) }),
    ...(code === undefined ? {} : { code: maskPaymentDetails(code) }),
    ...(cause === undefined || depth === deepestCause ? {} : { cause: safeError(cause, depth + 1) }),
  };
}

function isError(value: unknown): value is Error {
  return isNativeError(value) || value instanceof Error;
}
