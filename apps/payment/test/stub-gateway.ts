import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type StubAnswer = { status: number; body?: unknown } | 'reset';

/** A gateway of a few lines on a real port: it gives the answers that a sandbox has no reason to give. */
export async function startStubGateway() {
  let answer: StubAnswer = { status: 500 };
  const asked: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers);
    request.resume();
    if (answer === 'reset') return request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    return response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The headers of every request, oldest first. */
    asked: () => [...asked],
    willAnswer(next: StubAnswer) {
      answer = next;
    },
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
