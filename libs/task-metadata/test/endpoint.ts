import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A metadata endpoint: answers each path with its document, or as `misbehave` says. */
export async function startEndpoint(documents: Record<string, unknown>) {
  const asked: string[] = [];
  let misbehave: ((response: ServerResponse, path: string) => boolean) | undefined;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    if (misbehave?.(response, path)) return;
    const document = documents[path];
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    documents,
    misbehave(how: typeof misbehave) {
      misbehave = how;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
