import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Attribute = { key: string; value: Record<string, unknown> };
type OtlpSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes?: Attribute[];
};
export type Span = {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  attributes: Record<string, unknown>;
};

export type Collector = Awaited<ReturnType<typeof startCollector>>;

/** Receives spans as an OpenTelemetry collector does: OTLP over HTTP, in JSON. */
export async function startCollector() {
  const spans: Span[] = [];
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    spans.push(...JSON.parse(body).resourceSpans.flatMap(spansOf));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    spans,
    /** All that was received, as it came. */
    received: () => bodies.join('\n'),
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '100',
    },
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections()),
  };
}

function spansOf({
  resource,
  scopeSpans,
}: {
  resource: { attributes: Attribute[] };
  scopeSpans: { spans: OtlpSpan[] }[];
}) {
  const service = String(attributesOf(resource.attributes)['service.name']);
  return scopeSpans.flatMap(({ spans }) =>
    spans.map(
      ({ traceId, spanId, parentSpanId = '', name, attributes = [] }): Span => ({
        service,
        traceId,
        spanId,
        parentSpanId,
        name,
        attributes: attributesOf(attributes),
      }),
    ),
  );
}

const attributesOf = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
