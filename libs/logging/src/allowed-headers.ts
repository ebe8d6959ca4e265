/** Only these may be written: an allow-list, so that a new header with a secret is safe before anybody thinks of it. */
const allowed = [
  'accept',
  'content-length',
  'content-type',
  'host',
  'if-match',
  'if-none-match',
  'retry-after',
  'traceparent',
  'user-agent',
  'x-amzn-trace-id',
  'x-request-timeout-ms',
] as const;

/** The headers that may be logged. */
export function allowedHeaders(headers: unknown): Record<string, unknown> {
  if (typeof headers !== 'object' || headers === null) return {};
  const given = headers as Record<string, unknown>;
  return Object.fromEntries(allowed.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]));
}
