import { isObject, type Json } from './json.ts';
import { resolveAttribute, resolveReference } from './references.ts';
import type { Scope } from './scope.ts';

/** Sub: `${Name}`, `${Resource.Attribute}` and own variables; `${!Literal}` stays as `${Literal}`. */
export function substitute(argument: Json, scope: Scope, place: Json): Json {
  const [text, own] = Array.isArray(argument) ? argument : [argument];
  const variables = isObject(own) ? own : {};
  return String(text).replace(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const variable = variables[name.trim()];
    return textOf(variable === undefined ? lookUp(name.trim(), scope, place) : scope.resolve(variable));
  });
}

function lookUp(name: string, scope: Scope, place: Json): Json {
  const dot = name.indexOf('.');
  return dot < 0
    ? resolveReference(name, scope, place)
    : resolveAttribute(name.slice(0, dot), name.slice(dot + 1), scope, place);
}

function textOf(value: Json): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}
