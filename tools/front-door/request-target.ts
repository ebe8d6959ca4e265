export type RequestTarget = { path: string; query: string };

/**
 * Splits a request target into path and query, both as they were sent. An absolute form loses its authority (RFC 9112,
 * 3.2.2). Undefined when a target is no path, or when a reader that resolves dot segments could take it for another path
 * than the one the rules were asked about.
 */
export function readTarget(target: string): RequestTarget | undefined {
  const origin = /^https?:\/\/[^/?#]*/i.exec(target)?.[0] ?? '';
  const rest = target.slice(origin.length) || '/';
  const mark = rest.search(/[?#]/);
  const path = mark < 0 ? rest : rest.slice(0, mark);
  if (!path.startsWith('/') || hasDotSegment(path)) return undefined;
  return { path, query: mark < 0 || rest[mark] === '#' ? '' : rest.slice(mark) };
}

function hasDotSegment(path: string): boolean {
  const plain = path.replace(/%2e/gi, '.').replace(/%2f|%5c|\\/gi, '/');
  return plain.split('/').some((segment) => segment === '.' || segment === '..');
}
