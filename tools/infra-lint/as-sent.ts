import { isObject, type Json, type JsonObject } from '../infra-check/resolve/json.ts';

/** Parameters are texts, and CloudFormation takes them for numbers here; cfn-guard does not. */
const NUMBERS = new Set(['FromPort', 'ToPort', 'RetentionInDays']);

/**
 * A resolved template as CloudFormation would have it: numbers are numbers, and nested templates lie in a bucket. With a local
 * address cfn-lint would look for them in the folder.
 */
export function asSent(template: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(template).map(([name, member]) => [name, sent(name, member)]));
}

function sent(name: string, value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => sent('', item));
  if (isObject(value)) return asSent(value);
  if (typeof value !== 'string') return value;
  if (NUMBERS.has(name) && /^\d+$/.test(value)) return Number(value);
  if (name === 'TemplateURL') return value.replace(/^\.\//, 'https://s3.us-east-1.amazonaws.com/templates/');
  return value;
}
