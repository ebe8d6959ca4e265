/** What JSON holds; a template after reading, and again after resolving. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at the end of a path, undefined as soon as a step leads nowhere. */
export function at(value: Json | undefined, ...path: (string | number)[]): Json | undefined {
  let found = value;
  for (const step of path) {
    if (Array.isArray(found)) found = found[Number(step)];
    else found = isObject(found) ? found[step] : undefined;
  }
  return found;
}

/** The list at the end of a path; CloudFormation takes a single value for a list of one, and nothing for none. */
export function listAt(value: Json | undefined, ...path: (string | number)[]): Json[] {
  const found = at(value, ...path);
  if (found === undefined || found === null) return [];
  return Array.isArray(found) ? found : [found];
}

export function objectsAt(value: Json | undefined, ...path: (string | number)[]): JsonObject[] {
  return listAt(value, ...path).filter(isObject);
}

/** Numbers and booleans too, as CloudFormation writes them where a string is due; undefined for anything else. */
export function textAt(value: Json | undefined, ...path: (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'object' || found === undefined ? undefined : String(found);
}

/** NaN when there is no number. */
export function numberAt(value: Json | undefined, ...path: (string | number)[]): number {
  const text = textAt(value, ...path);
  return text === undefined || text.trim() === '' ? Number.NaN : Number(text);
}

export function isTrue(value: Json | undefined): boolean {
  return value === true || value === 'true';
}
