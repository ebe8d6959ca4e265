import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';

const currencies = new Set(Intl.supportedValuesOf('currency'));

/**
 * Validation with strict bodies. Fastify's default changes a body to fit: a number in a string becomes a number, an
 * unknown member vanishes. A client that sends a price must hear that it does not count, so a body is taken as it stands;
 * only paths, queries and headers, which are text by nature, are converted.
 */
export function strictBodies(): FastifySchemaCompiler<TSchema> {
  const body = createAjv({ coerceTypes: false, allErrors: true });
  const text = createAjv({ coerceTypes: true, allErrors: false });
  return ({ schema, httpPart }) => (httpPart === 'body' ? body : text).compile(schema);
}

function createAjv(options: { coerceTypes: boolean; allErrors: boolean }) {
  const ajv = new Ajv.default({ ...options, useDefaults: true, removeAdditional: false, strictTypes: false });
  addFormats.default(ajv);
  ajv.addFormat('iso-4217', (code: string) => currencies.has(code));
  return ajv;
}
