import fastJsonStringify from 'fast-json-stringify';
import type { FastifySerializerCompiler } from 'fastify';
import type { TSchema } from 'typebox';

type Serialize = (data: unknown) => string;

/**
 * The first answer compiles its schema, and only once, although every route answers its errors by the same one. Fastify's
 * default compiles all of them for each route before it listens.
 */
export function compileAnswersOnce(): FastifySerializerCompiler<TSchema> {
  const known = new WeakMap<TSchema, Serialize>();
  return ({ schema }) => {
    let serialize: Serialize | undefined;
    return (data) => {
      serialize ??= compiled(schema);
      return serialize(data);
    };
  };

  function compiled(schema: TSchema): Serialize {
    const serialize = known.get(schema) ?? fastJsonStringify(schema as Parameters<typeof fastJsonStringify>[0]);
    known.set(schema, serialize);
    return serialize;
  }
}
