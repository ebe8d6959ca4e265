import { at, isObject, type Json, type JsonObject, listAt, numberAt, textAt } from './json.ts';
import { whereIs } from './lines.ts';
import type { Template } from './read-template.ts';
import type { Fault } from './stack.ts';
import { hasToken } from './tokens.ts';

/** The values of a template's parameters: given, or by default, each checked as CloudFormation does. */
export function resolveParameters(template: Template, given: JsonObject): { values: JsonObject; faults: Fault[] } {
  const declared = at(template.body, 'Parameters');
  const values: JsonObject = {};
  const faults: Fault[] = [];
  for (const [name, declaration] of Object.entries(isObject(declared) ? declared : {})) {
    const value = given[name] ?? at(declaration, 'Default');
    const reason = value === undefined || value === null ? 'has no value and no default' : faultOf(value, declaration);
    if (reason) faults.push({ kind: 'parameter', message: `${name} ${reason}`, where: whereIs(declared, name) });
    if (value !== undefined && value !== null) values[name] = typed(value, textAt(declaration, 'Type') ?? 'String');
  }
  return { values, faults };
}

export function declaredParameters(template: Template): string[] {
  const declared = at(template.body, 'Parameters');
  return isObject(declared) ? Object.keys(declared) : [];
}

function typed(value: Json, type: string): Json {
  if (!/^List<|^CommaDelimitedList$/.test(type)) return Array.isArray(value) ? value.join(',') : value;
  return Array.isArray(value) ? value : splitList(String(value));
}

function splitList(text: string): string[] {
  return text === '' ? [] : text.split(',').map((item) => item.trim());
}

function faultOf(value: Json, declaration: Json): string | undefined {
  const text = Array.isArray(value) ? value.join(',') : String(value);
  const allowed = listAt(declaration, 'AllowedValues').map(String);
  if (allowed.length > 0 && !allowed.includes(text)) return `is "${text}", but may be ${allowed.join(', ')}`;
  // The pattern of an id cannot be held against a token.
  if (hasToken(text)) return undefined;
  const pattern = textAt(declaration, 'AllowedPattern');
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(text)) return `is "${text}", not like ${pattern}`;
  if (text.length < (numberAt(declaration, 'MinLength') || 0)) return `is "${text}", too short`;
  if (text.length > (numberAt(declaration, 'MaxLength') || Number.POSITIVE_INFINITY)) return `is "${text}", too long`;
  if (textAt(declaration, 'Type') !== 'Number') return undefined;
  if (text.trim() === '' || Number.isNaN(Number(text))) return `is "${text}", not a number`;
  if (Number(text) < numberAt(declaration, 'MinValue')) return `is ${text}, too small`;
  if (Number(text) > numberAt(declaration, 'MaxValue')) return `is ${text}, too large`;
  return undefined;
}
