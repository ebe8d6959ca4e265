import type { TSchema } from 'typebox';

/** JSON Schema keywords that an environment variable can sensibly have. */
type Keywords = {
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Keywords[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  description?: string;
};

/** Says in plain words which values a schema takes, for example "a whole number from 1 to 65535". */
export function describeExpectation(schema: TSchema): string {
  const keywords: Keywords = schema;
  return keywords.description ? `${values(keywords)} (${keywords.description})` : values(keywords);
}

function values(keywords: Keywords): string {
  if ('const' in keywords) return String(keywords.const);
  if (keywords.enum) return `one of ${keywords.enum.join(', ')}`;
  if (keywords.anyOf) return `one of ${keywords.anyOf.map(values).join(', ')}`;
  switch (keywords.type) {
    case 'integer':
      return `a whole number${range(keywords.minimum, keywords.maximum)}`;
    case 'number':
      return `a number${range(keywords.minimum, keywords.maximum)}`;
    case 'boolean':
      return 'true or false';
    default:
      return text(keywords);
  }
}

function text({ format, pattern, minLength, maxLength }: Keywords): string {
  const kind = format ? `text in the format ${format}` : pattern ? `text that matches ${pattern}` : 'text';
  const length = range(minLength, maxLength);
  return length ? `${kind}, its length${length}` : kind;
}

function range(least?: number, most?: number): string {
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (least !== undefined) return ` of at least ${least}`;
  return most === undefined ? '' : ` of at most ${most}`;
}
