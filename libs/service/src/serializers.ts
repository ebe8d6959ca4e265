import fastJsonStringify from 'fast-json-stringify';
import type { FastifySerializerCompiler } from 'fastify';
import type { TSchema } from 'typebox';

/** Compiles each schema once. Every route answers its errors by the same one, and Fastify would compile that for each. */
export function compileOnce(): FastifySerializerCompiler<TSchema> {
  const compiled = new WeakMap<TSchema, (data: unknown) => string>();
  return ({ schema }) => {
    const known = compiled.get(schema);
    if (known) return known;
    const serialize = fastJsonStringify(schema as Parameters<typeof fastJsonStringify>[0]);
    compiled.set(schema, serialize);
    return serialize;
  };
}
