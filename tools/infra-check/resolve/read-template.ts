import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { isObject, type Json, type JsonObject } from './json.ts';
import { type Lines, withLines } from './lines.ts';

/** A template as it is written, with the long form of each function, every object knowing its lines. */
export type Template = { name: string; file: string; body: JsonObject };

/** Changes the parsed document before it becomes JSON; the lines of what is left alone stay right. */
export type Edit = (document: Document) => void;

/** Throws with file and line when the text is not YAML. `file` is the path from the root, as findings show it. */
export function readTemplate(file: string, text: string, edit: Edit = () => {}): Template {
  const counter = new LineCounter();
  // Short tags are not known to YAML: it warns about each, and leaves them on the node.
  const document = parseDocument(text, { lineCounter: counter, logLevel: 'silent' });
  for (const error of document.errors)
    throw new Error(`${file}:${counter.linePos(error.pos[0]).line} ${error.message}`);
  edit(document);
  const body = toJson(document.contents, { file, counter });
  if (!isObject(body)) throw new Error(`${file}:1 is not a template`);
  return { name: file.replace(/^.*\/|\.ya?ml$/g, ''), file, body };
}

type Source = { file: string; counter: LineCounter };

function toJson(node: Node | null | unknown, source: Source): Json {
  if (isMap(node)) return long(node.tag, mapToJson(node, source), linesFor(node, new Map(), source));
  if (isSeq(node)) {
    const members = new Map(node.items.map((item, index) => [String(index), lineOf(item, source)]));
    const items = node.items.map((item) => toJson(item, source));
    return long(node.tag, withLines(items, linesFor(node, members, source)), linesFor(node, members, source));
  }
  if (!isScalar(node)) return null;
  return long(node.tag, node.value as Json, linesFor(node, new Map(), source));
}

function mapToJson(node: Node & { items: { key: unknown; value: unknown }[] }, source: Source): JsonObject {
  const members = new Map<string, number>();
  const result: JsonObject = {};
  for (const { key, value } of node.items) {
    const name = String(isScalar(key) ? key.value : key);
    members.set(name, lineOf(key, source) || lineOf(value, source));
    result[name] = toJson(value, source);
  }
  return withLines(result, linesFor(node, members, source));
}

/** `!Ref X` is `{ Ref: X }`, `!GetAtt A.B` is `{ "Fn::GetAtt": [A, B] }`, any other `!Name x` is `{ "Fn::Name": x }`. */
function long(tag: string | undefined, value: Json, lines: Lines): Json {
  if (!tag?.startsWith('!') || tag === '!') return value;
  const name = tag.slice(1);
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  return withLines({ [key]: name === 'GetAtt' && typeof value === 'string' ? attributePath(value) : value }, lines);
}

function attributePath(text: string): Json[] {
  const dot = text.indexOf('.');
  return [text.slice(0, dot), text.slice(dot + 1)];
}

function linesFor(node: Node, members: ReadonlyMap<string, number>, source: Source): Lines {
  return { file: source.file, line: lineOf(node, source) || Math.min(...members.values(), 1), members };
}

/** 0 for what an edit put in. */
function lineOf(node: unknown, { counter }: Source): number {
  const range = (node as Node | null)?.range;
  return range ? counter.linePos(range[0]).line : 0;
}
