import type { Json, JsonObject } from './json.ts';

/** Where an object or a list, and each of its members, stands. */
export type Lines = { file: string; line: number; members: ReadonlyMap<string, number> };

// Not enumerable, so that the values stay plain JSON for whoever prints or copies them.
const LINES = Symbol('lines');

export function withLines<T extends JsonObject | Json[]>(value: T, lines: Lines | undefined): T {
  return lines ? Object.defineProperty(value, LINES, { value: lines, configurable: true }) : value;
}

export function linesOf(value: Json | undefined): Lines | undefined {
  return typeof value === 'object' && value !== null ? (value as { [LINES]?: Lines })[LINES] : undefined;
}

/** `file:line` of a value, or of one of its members; the nearest that is known. */
export function whereIs(value: Json | undefined, member?: string | number): string {
  const lines = linesOf(value);
  if (!lines) return 'unknown place';
  const line = member === undefined ? undefined : lines.members.get(String(member));
  return `${lines.file}:${line ?? lines.line}`;
}
