/** Where finished spans go, as the `OTEL_EXPORTER_OTLP_*` variables say. */
export type ExportTarget = {
  url: string;
  headers: Record<string, string>;
  protocol: 'http/json' | 'http/protobuf';
  /** For one batch, retries included. */
  timeoutMs: number;
  /** The longest that a finished span waits for others. */
  delayMs: number;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined without an endpoint. Names and defaults: OpenTelemetry Protocol Exporter, Batch Span Processor. */
export function exportTarget(environment: Environment): ExportTarget | undefined {
  const url = tracesUrl(environment);
  if (url === undefined || environment.OTEL_SDK_DISABLED === 'true') return undefined;
  const read = (name: string) =>
    environment[`OTEL_EXPORTER_OTLP_TRACES_${name}`] || environment[`OTEL_EXPORTER_OTLP_${name}`] || undefined;
  return {
    url,
    headers: parseHeaders(read('HEADERS') ?? ''),
    protocol: parseProtocol(read('PROTOCOL') ?? 'http/protobuf'),
    timeoutMs: Number(read('TIMEOUT') ?? 10_000),
    delayMs: Number(environment.OTEL_BSP_SCHEDULE_DELAY || 5_000),
  };
}

/** The endpoint of traces is used as it is, the general one gets the path of traces. */
function tracesUrl(environment: Environment): string | undefined {
  if (environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const base = environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  return base ? `${base.replace(/\/$/, '')}/v1/traces` : undefined;
}

function parseProtocol(name: string): ExportTarget['protocol'] {
  if (name === 'http/json' || name === 'http/protobuf') return name;
  throw new Error(`OTEL_EXPORTER_OTLP_PROTOCOL is ${name}, but spans are exported by http/json or http/protobuf only`);
}

/** `name=value,name=value`, values percent-encoded (W3C Baggage). */
function parseHeaders(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => {
      const end = pair.indexOf('=');
      return [pair.slice(0, end).trim().toLowerCase(), decodeURIComponent(pair.slice(end + 1).trim())];
    }),
  );
}
