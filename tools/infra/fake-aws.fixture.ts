import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = { method: string; path: string; headers: IncomingHttpHeaders; body: string; form: URLSearchParams };
export type Given = { status?: number; body?: string; headers?: Record<string, string> };
export type FakeAws = { endpoint: string; asked: Asked[]; stop(): Promise<void> };

/** A server that answers as a service of AWS would; `undefined` is no answer, ever. It keeps what it was asked. */
export async function startFakeAws(answer: (request: Asked) => Given | undefined): Promise<FakeAws> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, headers, body, form: new URLSearchParams(body) };
    asked.push(one);
    const given = answer(one);
    if (given) response.writeHead(given.status ?? 200, given.headers ?? {}).end(given.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What is asked for: `DescribeTable`, `DeleteStack`, and of S3 `POST /bucket`. */
export function operationOf({ method, path, headers, form }: Asked): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return String(target).split('.')[1] ?? '';
  return form.get('Action') ?? `${method} ${path.replace(/\/?(\?.*)?$/, '')}`;
}

/** What clients need to ask it. */
export function accessTo(endpoint: string) {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    maxAttempts: 1,
  };
}
