import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Asked = { operation: string; body: string };
export type Answer = { status?: number; body: string };

/**
 * An AWS that gives the answers of a test; `asked` has every operation in its order: `DescribeTable`, `DeleteStack`, and for S3
 * `POST /bucket`.
 */
export async function startAws(answer: (asked: Asked) => Answer) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const action = new URLSearchParams(body).get('Action');
    const operation = target ?? action ?? `${request.method} ${request.url?.replace(/\/?(\?.*)?$/, '')}`;
    asked.push({ operation, body });
    const { status = 200, body: answered } = answer({ operation, body });
    const type = target === undefined ? 'text/xml' : 'application/x-amz-json-1.1';
    response.writeHead(status, { 'content-type': type }).end(answered);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    asked,
    /** For an SDK client. */
    settings: {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
      maxAttempts: 1,
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
