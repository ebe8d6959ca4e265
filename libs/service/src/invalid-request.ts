/**
 * A fault that no schema can state. It takes the shape of Fastify's own validation errors, so that it is answered like
 * them: 400, with a pointer (RFC 6901) to the place, which is that of `part` and then `instancePath`.
 */
export function invalidRequest(part: 'querystring' | 'body', instancePath: string, message: string): Error {
  const fault = { instancePath, message, keyword: 'custom', schemaPath: '', params: {} };
  return Object.assign(new Error(message), { statusCode: 400, validation: [fault], validationContext: part });
}
