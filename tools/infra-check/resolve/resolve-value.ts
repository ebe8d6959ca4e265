import { intrinsics } from './intrinsics.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { linesOf, withLines } from './lines.ts';
import { NO_VALUE, type Scope, wiringFault } from './scope.ts';

/** Replaces every function inside a value. NO_VALUE comes back only for the value itself; inside, it is left out. */
export function resolveValue(value: Json, scope: Scope): Json {
  if (Array.isArray(value)) return resolveList(value, scope);
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name !== undefined && argument !== undefined) {
    const intrinsic = intrinsics[name];
    if (intrinsic) return intrinsic(argument, scope, value);
    if (name.startsWith('Fn::')) return wiringFault(scope, `uses ${name}, which is not used here`, value);
  }
  const result: JsonObject = {};
  for (const [key, member] of entries) {
    const resolved = resolveValue(member, scope);
    if (resolved !== NO_VALUE) result[key] = resolved;
  }
  return withLines(result, linesOf(value));
}

/** Items left out move the later ones up, and their lines with them. */
function resolveList(list: Json[], scope: Scope): Json[] {
  const lines = linesOf(list);
  const kept = list
    .map((item, index) => ({ item: resolveValue(item, scope), line: lines?.members.get(String(index)) }))
    .filter(({ item }) => item !== NO_VALUE);
  const members = new Map(kept.map(({ line }, index) => [String(index), line ?? lines?.line ?? 0]));
  const items = kept.map(({ item }) => item);
  return withLines(items, lines && { ...lines, members });
}
