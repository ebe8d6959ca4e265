import type { FastifyError } from 'fastify';

/** More would not help anybody, and a body of wrong lines can have thousands. */
const MAX_ERRORS = 20;

/** What is wrong with a request, each fault with the JSON pointer (RFC 6901) of its place: `/body/lines/0/sku`. */
export function validationErrors(error: FastifyError): { pointer: string; detail: string }[] {
  const part = error.validationContext ?? 'body';
  return (error.validation ?? []).slice(0, MAX_ERRORS).map((fault) => ({
    pointer: `/${part}${fault.instancePath}`,
    detail: detailOf(fault),
  }));
}

function detailOf({ keyword, params, message = 'is not valid' }: NonNullable<FastifyError['validation']>[number]) {
  if (keyword === 'additionalProperties') return `has a member that is not known: ${String(params.additionalProperty)}`;
  if (keyword === 'const') return `must be ${JSON.stringify(params.allowedValue)}`;
  return message;
}
