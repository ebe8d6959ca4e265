import { isObject, type Json, type JsonObject } from './json.ts';
import type { Stack } from './stack.ts';
import { hasToken, type Token, tokenFor, tokensIn } from './tokens.ts';

/** A resolved stack as a template that tools and emulators can deploy by itself. */
export type StandaloneTemplate = JsonObject & { Resources: JsonObject; Outputs: JsonObject };

/**
 * Parameters, conditions, mappings and functions are gone. Tokens of the stack's own resources become functions again; what
 * comes from another stack is what `given` makes of its token, such as the output of an earlier deployment.
 */
export function toTemplate(stack: Stack, given: (token: string) => string = (token) => token): StandaloneTemplate {
  const back = (value: Json) => withFunctions(value, stack.name, given);
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: Object.fromEntries(
      stack.resources.map(({ id, body: { Condition: _decided, ...body } }) => [id, back(body)]),
    ),
    Outputs: Object.fromEntries(Object.entries(stack.outputs).map(([name, value]) => [name, { Value: back(value) }])),
  };
}

function withFunctions(value: Json, stack: string, given: (token: string) => string): Json {
  if (typeof value === 'string') return textWithFunctions(value, stack, given);
  if (Array.isArray(value)) return value.map((item) => withFunctions(item, stack, given));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withFunctions(member, stack, given)]));
}

function textWithFunctions(written: string, stack: string, given: (token: string) => string): Json {
  let text = written;
  for (const token of tokensIn(written)) {
    const whole = tokenFor(token.stack, token.id, token.attribute);
    if (token.stack !== stack) text = text.replaceAll(whole, given(whole));
  }
  if (!hasToken(text)) return text;
  const own = tokensIn(text).filter((token) => token.stack === stack);
  const [only] = own;
  if (!only) return text;
  if (text === tokenFor(only.stack, only.id, only.attribute)) return functionFor(only);
  let sub = text.replaceAll('${', '${!');
  for (const { id, attribute } of own) {
    sub = sub.replaceAll(
      tokenFor(stack, id, attribute),
      attribute === undefined ? `\${${id}}` : `\${${id}.${attribute}}`,
    );
  }
  return { 'Fn::Sub': sub };
}

function functionFor({ id, attribute }: Token): JsonObject {
  return attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] };
}
