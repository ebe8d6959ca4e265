import Ajv, { type ValidateFunction } from 'ajv';
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
  return ({ schema, httpPart }) => {
    if (httpPart === 'body') return compiledWhenUsed(() => body.compile(schema));
    const validate = compiledWhenUsed(() => text.compile(schema));
    return httpPart === 'querystring' ? decimalIntegers(schema, validate) : validate;
  };
}

type Validate = (data: unknown) => true | { error: NonNullable<ValidateFunction['errors']> };

/** The first request of a route compiles its schema. To compile all of them first would make every start longer. */
function compiledWhenUsed(compile: () => ValidateFunction): Validate {
  let validate: ValidateFunction | undefined;
  return (data) => {
    validate ??= compile();
    return validate(data) || { error: validate.errors ?? [] };
  };
}

/** Ajv's own conversion also takes `0x10`, `1e1` and `" 7"` for an integer; here each becomes what is none. */
function decimalIntegers(
  { properties = {} }: TSchema & { properties?: Record<string, { type?: unknown }> },
  validate: Validate,
) {
  const integers = Object.keys(properties).filter((name) => properties[name]?.type === 'integer');
  return (query: Record<string, unknown>) => {
    for (const name of integers) {
      const value = query[name];
      if (typeof value === 'string' && !/^-?\d+$/.test(value)) query[name] = Number.NaN;
    }
    return validate(query);
  };
}

function createAjv(options: { coerceTypes: boolean; allErrors: boolean }) {
  const ajv = new Ajv.default({
    ...options,
    useDefaults: true,
    removeAdditional: false,
    strictTypes: false,
    // The tests validate the schemas, as parts of the API description; doing it again takes a sixth of every start.
    validateSchema: false,
  });
  addFormats.default(ajv);
  ajv.addFormat('iso-4217', (code: string) => currencies.has(code));
  return ajv;
}
