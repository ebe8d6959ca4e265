import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type Right, rightsOfCall } from './rights-of-call.ts';

/** Where an emulation answers, by what its targets begin with, such as `DynamoDB_20120810`. */
export type Emulations = Record<string, string | undefined>;

export type AwsRecorder = Awaited<ReturnType<typeof startAwsRecorder>>;

/**
 * Stands between one process and AWS: passes each request on to the emulation of its service as it is, and keeps the rights
 * that it would take. What no emulation answers is refused, and kept as well.
 */
export async function startAwsRecorder(emulations: Emulations, { timeoutMs = 30_000 } = {}) {
  const rights = new Map<string, Right>();
  // Idle connections of ours go before those of DynamoDB Local, so that none breaks unasked.
  const agent = new Agent({ keepAlive: true, timeout: 5000 });
  const server = createServer((incoming, outgoing) => {
    // The process may be killed amid a call, or its emulation be away: then there is nobody left to answer.
    answer(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening).unref());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const target = String(incoming.headers['x-amz-target'] ?? `${incoming.method} ${incoming.url}`);
    const body = await text(incoming);
    const emulation = emulations[target.split('.')[0] ?? ''];
    for (const right of rightsOfCall(target, emulation ? JSON.parse(body) : {}))
      rights.set(JSON.stringify(right), right);
    if (!emulation) return void outgoing.writeHead(501).end();
    const answered = await send(emulation, incoming, body);
    outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
    await pipeline(answered, outgoing);
  }

  function send(emulation: string, { url, method, headers }: IncomingMessage, body: string): Promise<IncomingMessage> {
    // Whoever asks has a deadline of its own; this one is for an emulation that never answers.
    const signal = AbortSignal.timeout(timeoutMs);
    return new Promise((resolve, reject) => {
      const options = { path: url, method, headers: { ...headers, host: new URL(emulation).host }, agent, signal };
      request(emulation, options, resolve).once('error', reject).end(body);
    });
  }

  return {
    /** For the process: this is all the AWS that it finds, whichever service it asks for. */
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint,
    },
    rights: (): Right[] => [...rights.values()],
    async close() {
      agent.destroy();
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}
