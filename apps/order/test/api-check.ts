import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

type Responses = Record<string, { content?: Record<string, { schema: object }> }>;
export type ApiDocument = { paths: Record<string, Record<string, { responses: Responses }>> };

/** Fails unless the answer is one that the service's OpenAPI document describes for that route. */
export function createApiCheck(document: ApiDocument) {
  const ajv = new Ajv.default({ strict: false });
  formats.default(ajv);
  ajv.addFormat('iso-4217', /^[A-Z]{3}$/);

  return (method: string, path: string, status: number, contentType: string, body: unknown): void => {
    const route = Object.keys(document.paths).find((pattern) => matches(pattern, path));
    const responses = document.paths[route ?? '']?.[method.toLowerCase()]?.responses ?? {};
    const response = responses[status] ?? responses[`${String(status)[0]}XX`];
    const content = response?.content?.[contentType.split(';', 1)[0] ?? ''];
    if (!content) throw new Error(`${method} ${path} does not describe ${status} ${contentType}`);
    if (!ajv.validate(content.schema, body)) throw new Error(`${method} ${path} ${status}: ${ajv.errorsText()}`);
  };
}

function matches(pattern: string, path: string): boolean {
  return new RegExp(`^${pattern.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path.split('?', 1)[0] ?? path);
}
