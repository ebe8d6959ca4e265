/** What a line of a service is printed as for people; a line that is no JSON stays as it is. */
export function formatLogLine(part: string, line: string): string {
  const name = part.padEnd(NAME_WIDTH);
  const entry = parse(line);
  if (!entry) return `${name} ${line}`;
  const { time, level, msg, method, route, status, durationMs, err, trace_id, ...rest } = entry;
  const request = method && route ? [`${method} ${route} ${status}`, `${durationMs} ms`] : [];
  const details = Object.entries(rest).filter(([key]) => !QUIET.has(key));
  const words = [
    new Date(Number(time)).toISOString().slice(11, 23),
    String(level).padEnd(5),
    ...(request.length > 0 ? request : [msg]),
    ...details.map(([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : value}`),
    ...(trace_id ? [`trace_id=${trace_id}`] : []),
  ];
  const stack = (err as { stack?: string } | undefined)?.stack;
  return `${name} ${words.join(' ')}${stack ? `\n${stack.replaceAll(/^/gm, '    ')}` : ''}`;
}

const NAME_WIDTH = 'sandbox-gateway'.length;

/** The same in each line, or of use to machines only. */
const QUIET = new Set([
  'service',
  'version',
  'taskId',
  'availabilityZone',
  'span_id',
  'trace_flags',
  'pid',
  'hostname',
]);

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
