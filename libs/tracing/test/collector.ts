import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Value = { stringValue?: string; intValue?: string };
type Attributes = { key: string; value: Value }[];
export type ExportedSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Attributes;
  status?: { code: number; message?: string };
};
type Body = { resourceSpans: { resource: { attributes: Attributes }; scopeSpans: { spans: ExportedSpan[] }[] }[] };

/** An OTLP/HTTP collector that keeps what it is sent; its first answers are those in `answers`, all others 200. */
export async function startCollector() {
  const requests: { path: string; headers: Record<string, unknown>; body: Buffer }[] = [];
  const answers: number[] = [];
  let waiting: { count: number; resolve: () => void } | undefined;
  let isHanging = false;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    requests.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
    if (waiting !== undefined && requests.length >= waiting.count) waiting.resolve();
    if (!isHanging) response.writeHead(answers.shift() ?? 200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bodies = (): Body[] => requests.map(({ body }) => JSON.parse(body.toString()));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answers,
    /** From now on requests are taken and not answered. */
    hang() {
      isHanging = true;
    },
    /** Resolves when so many requests have come. */
    received: (count: number) =>
      new Promise<void>((resolve) => {
        waiting = { count, resolve };
        if (requests.length >= count) resolve();
      }),
    spans: () =>
      bodies().flatMap(({ resourceSpans }) =>
        resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    resource: () => attributesOf(bodies()[0]?.resourceSpans[0]?.resource.attributes ?? []),
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

export function attributesOf(attributes: Attributes): Record<string, string | undefined> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));
}
