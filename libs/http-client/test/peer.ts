import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Peer = { baseUrl: string; close(): Promise<void> };

/** A real HTTP server on a free port; closing it cuts the requests that it still holds. */
export async function startPeer(handler: RequestListener, host = '127.0.0.1'): Promise<Peer> {
  const server = createServer(handler);
  await new Promise<void>((done) => server.listen(0, host, done));
  return {
    baseUrl: `http://${host}:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}
