import type { ProblemKind } from '@shop/contracts/problem';

export const callerUnknown = {
  code: 'ECS_METADATA_CALLER_UNKNOWN',
  status: 404,
  title: 'No container of this Docker network has the address that the request came from.',
} as const satisfies ProblemKind;

export const engineUnavailable = {
  code: 'ECS_METADATA_ENGINE_UNAVAILABLE',
  status: 503,
  title: 'The Docker engine did not answer as it should.',
} as const satisfies ProblemKind;

export const metadataProblems: readonly ProblemKind[] = [callerUnknown, engineUnavailable];
