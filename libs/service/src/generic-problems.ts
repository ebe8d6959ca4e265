import type { ProblemKind } from '@shop/contracts/problem';

/** The errors that any service can answer with, under its own name: `ORDER_INVALID_REQUEST`. */
export function genericProblems(service: string) {
  const prefix = service.toUpperCase().replaceAll('-', '_');
  const kind = (reason: string, status: number, title: string): ProblemKind => ({
    code: `${prefix}_${reason}`,
    status,
    title,
  });
  return {
    invalidRequest: kind('INVALID_REQUEST', 400, 'The request does not fit the API description.'),
    unauthenticated: kind('UNAUTHENTICATED', 401, 'A valid bearer token is needed.'),
    forbidden: kind('FORBIDDEN', 403, 'The token lacks the scope that this needs.'),
    routeNotFound: kind('ROUTE_NOT_FOUND', 404, 'There is nothing at this address.'),
    methodNotAllowed: kind('METHOD_NOT_ALLOWED', 405, 'This address does not answer that method.'),
    requestTimeout: kind('REQUEST_TIMEOUT', 408, 'The request did not arrive in time.'),
    payloadTooLarge: kind('PAYLOAD_TOO_LARGE', 413, 'The body is too large.'),
    unsupportedMediaType: kind('UNSUPPORTED_MEDIA_TYPE', 415, 'The body must be application/json.'),
    headersTooLarge: kind('HEADERS_TOO_LARGE', 431, 'The headers are too large.'),
    unavailable: kind('UNAVAILABLE', 503, 'The service cannot answer just now. Repeat the request later.'),
    internal: kind('INTERNAL', 500, 'Something went wrong on our side.'),
  };
}

export type GenericProblems = ReturnType<typeof genericProblems>;
