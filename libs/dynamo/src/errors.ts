import { isNativeError } from 'node:util/types';

/**
 * DynamoDB could not be asked, or did not answer in time: whether a write took effect is unknown. Repeating it is safe,
 * because every write names the state it expects. The error that led here is the `cause`.
 */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
}

/** Answers that mean "not now" and that change nothing, so the same request may be sent again. */
const busy = new Set([
  'TransactionConflictException',
  'TransactionInProgressException',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
]);

/** True for an answer after which the same request may simply be sent again: a conflict or a throttle. */
export function isBusy(error: unknown): boolean {
  return isNativeError(error) && busy.has(error.name);
}

/**
 * Tells an outage from a mistake. Answers of the 4xx kind (ValidationException, ResourceNotFoundException, access denied)
 * are mistakes of the program or of its set-up and stay themselves, as does an error of the SDK before anything was sent.
 */
export function asStorageError(name: string, error: unknown): unknown {
  return isOutage(error) ? new StorageUnavailable(`${name}: ${describe(error)}`, { cause: error }) : error;
}

type SdkError = Error & { code?: unknown; $metadata?: { httpStatusCode?: number } };

const outages = new Set(['AbortError', 'TimeoutError', 'CredentialsProviderError', 'ExpiredTokenException']);

function isOutage(error: unknown): error is SdkError {
  if (!isNativeError(error)) return false;
  if (outages.has(error.name) || isBusy(error)) return true;
  const { $metadata } = error as SdkError;
  if ($metadata === undefined) return false;
  const status = $metadata.httpStatusCode;
  return status === undefined || status === 429 || status >= 500;
}

function describe({ name, message, code }: SdkError): string {
  return [name, typeof code === 'string' ? code : undefined, message].filter(Boolean).join(' ');
}
