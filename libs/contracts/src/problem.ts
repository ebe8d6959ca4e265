import { type Static, Type } from 'typebox';

/** The body of every error answer, `application/problem+json` (RFC 9457). */
export const Problem = Type.Object({
  type: Type.String({ examples: ['/problems/order-out-of-stock'] }),
  title: Type.String(),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  detail: Type.Optional(Type.String()),
  instance: Type.Optional(Type.String({ description: 'The path of the request that failed.' })),
  code: Type.String({ pattern: '^[A-Z][A-Z0-9_]*$', examples: ['ORDER_OUT_OF_STOCK'] }),
  traceId: Type.Optional(Type.String({ description: 'Find it as trace_id in the logs.' })),
  errors: Type.Optional(
    Type.Array(
      Type.Object({ pointer: Type.String({ description: 'JSON pointer (RFC 6901).' }), detail: Type.String() }),
    ),
  ),
});
export type Problem = Static<typeof Problem>;

/** One entry of a service's list of errors: its code, its status and the sentence that explains it. */
export type ProblemKind = { readonly code: string; readonly status: number; readonly title: string };

export type ProblemDetails = {
  detail?: string;
  /** Extension members of RFC 9457, such as the lines that are out of stock. */
  members?: Record<string, unknown>;
  headers?: Record<string, string>;
  cause?: unknown;
};

/** Thrown by a route or a story; the service's error handler turns it into the problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly kind: ProblemKind;
  readonly details: ProblemDetails;

  constructor(kind: ProblemKind, details: ProblemDetails = {}) {
    super(details.detail ?? kind.title, { cause: details.cause });
    this.kind = kind;
    this.details = details;
  }
}

/** The problem's `type`, for example `/problems/order-out-of-stock`: a page that explains the code. */
export function problemType(code: string): string {
  return `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
}
