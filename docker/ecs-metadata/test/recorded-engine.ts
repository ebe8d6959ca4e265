import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const orderId = '6aaf3a281d267fc7f631e958573ffa4db2b8b34cd9189a7cd74b55d9a257577b';
export const neighbourId = '6b1f9e490e18d42efbf5cd523009463accc52af6a02b732801e7d4407f43e285';
export const orderAddress = '172.30.7.2';
export const neighbourAddress = '172.30.7.3';
const gateway = '172.30.7.1';

export type Misbehaviour = (response: ServerResponse) => void;
export type RecordedEngine = Awaited<ReturnType<typeof startEngine>>;

/**
 * Answers on a socket of its own as an engine 26.1 did: a container of a Compose service with limits, and a neighbour
 * without. To the loopback connections of a test the network's gateway, and the caller if there is one, are 127.0.0.1.
 */
export async function startEngine({ caller }: { caller?: string } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const asked: string[] = [];
  let misbehave: Misbehaviour | undefined;
  const documents: Record<string, string> = {
    '/version': '{"ApiVersion":"1.45"}',
    '/containers/json': recorded('containers', caller),
    [`/containers/${orderId}/json`]: recorded('order', caller),
    [`/containers/${orderId}/stats`]: recorded('order-stats'),
    [`/containers/${neighbourId}/json`]: recorded('neighbour', caller),
    [`/containers/${neighbourId}/stats`]: recorded('neighbour-stats'),
  };
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (misbehave) return misbehave(response);
    const document = documents[url.replace('?stream=false&one-shot=true', '')];
    response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(document ?? '{"message":"page not found"}');
  });
  const socketPath = join(folder, 'docker.sock');
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    socketPath,
    /** By path without its query; a test may replace them. */
    documents,
    asked,
    misbehave(how: Misbehaviour | undefined) {
      misbehave = how;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the engine said; `caller` is the address that the test's own is put in the place of. */
export function recorded(name: string, caller?: string): string {
  const text = readFileSync(new URL(`recorded/${name}.json`, import.meta.url), 'utf8');
  return [gateway, caller ?? gateway].reduce((all, each) => all.replaceAll(`"${each}"`, '"127.0.0.1"'), text);
}
