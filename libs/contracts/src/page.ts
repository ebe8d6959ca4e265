import { Type } from 'typebox';

/** How many items a page holds when the caller does not say. */
export const DEFAULT_PAGE_SIZE = 24;
const MAX_PAGE_SIZE = 100;

/** Query parameters of every listing. */
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: DEFAULT_PAGE_SIZE })),
  cursor: Type.Optional(
    Type.String({
      maxLength: 2048,
      description: 'Opaque: taken from the `nextCursor` or the `Link` header of the page before.',
    }),
  ),
};

/** Member of every page that has a successor. */
export const NextCursor = Type.Optional(Type.String({ description: 'Absent on the last page.' }));

/** Packs the position after a page into an opaque string. */
export function encodeCursor(position: readonly string[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The position in a cursor, or undefined when the string is none that `encodeCursor` made with that many parts. */
export function decodeCursor(cursor: string, parts: number): string[] | undefined {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const strings =
      Array.isArray(position) && position.length === parts && position.every((part) => typeof part === 'string');
    return strings && encodeCursor(position) === cursor ? position : undefined;
  } catch {
    return undefined;
  }
}
