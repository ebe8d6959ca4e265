import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type StandInShop = Awaited<ReturnType<typeof startStandIn>>;
type Seen = { method: string; url: string; headers: IncomingMessage['headers'] };

const orderId = `ord_${'a'.repeat(26)}`;

/** An HTTP server that answers like the shop and its issuer, unless `disturb` takes the request over. */
export async function startStandIn() {
  const seen: Seen[] = [];
  let connections = 0;
  let disturb: (request: IncomingMessage, response: ServerResponse) => boolean | undefined = () => false;

  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, headers });
    request.resume();
    if (disturb(request, response)) return;
    if (url === '/token') response.end('token');
    else if (method === 'PUT') response.writeHead(201).end('{}');
    else if (url.endsWith('/cancellation')) response.writeHead(202).end('{}');
    else if (method === 'POST') response.writeHead(201).end(JSON.stringify({ orderId }));
    else if (headers['if-none-match'] === '"1-1"') response.writeHead(304).end();
    else response.writeHead(200, { etag: '"1-1"' }).end('{}');
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    connections: () => connections,
    /** Resolves once so many requests have come. */
    async untilSeen(count: number): Promise<void> {
      while (seen.length < count) await once(server, 'request');
    },
    disturb(handler: typeof disturb): void {
      disturb = handler;
    },
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
