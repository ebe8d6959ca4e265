import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forward } from './forward.ts';
import { noTarget, routeNotFound, sendProblem } from './front-door-problem.ts';
import { readTarget } from './request-target.ts';
import { createRouter, type Routing } from './routing.ts';

export type FrontDoorOptions = {
  routing: Routing;
  /** Base URL of each service by name, such as `{ catalog: 'http://127.0.0.1:3001' }`. */
  targets: Readonly<Record<string, string>>;
  /** Whether docs, OpenAPI documents and task pages are reachable, as the balancer's parameter of that name says. */
  exposeServicePages?: boolean;
  /** A connection without a byte for so long is given up, on either side: 60 s is the balancer's default. */
  idleTimeoutMs?: number;
};

export type FrontDoor = {
  /** Resolves to the base URL; port 0 takes a free one. */
  listen(port: number, host?: string): Promise<string>;
  /** Takes nothing new, lets running requests finish, and cuts those that still run after the deadline. */
  close(deadlineMs?: number): Promise<void>;
};

/** A reverse proxy that routes like the Application Load Balancer of the templates, from the same routing file. */
export function createFrontDoor({
  routing,
  targets,
  exposeServicePages = false,
  idleTimeoutMs = 60_000,
}: FrontDoorOptions): FrontDoor {
  const route = createRouter(routing, exposeServicePages);
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 256, timeout: idleTimeoutMs });
  const server = createServer({ keepAliveTimeout: idleTimeoutMs, requestTimeout: 0 }, handle);
  server.on('connection', (socket) => socket.setNoDelay(true));

  function handle(request: IncomingMessage, response: ServerResponse): void {
    response.on('finish', releaseWhenClosing);
    const target = readTarget(request.url ?? '');
    const chosen = target && route(target.path);
    const base = chosen && targets[chosen.service];
    if (base) void forward({ request, response, base, path: chosen.path + target.query, agent, idleTimeoutMs });
    else sendProblem(response, chosen ? noTarget : routeNotFound, request);
  }

  /** A client that keeps its connection after the last answer would hold up the closing. */
  function releaseWhenClosing(): void {
    if (!server.listening) setImmediate(() => server.closeIdleConnections());
  }

  return {
    async listen(port, host = '127.0.0.1') {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, resolve);
      });
      return `http://${host}:${(server.address() as AddressInfo).port}`;
    },
    async close(deadlineMs = 10_000) {
      const cut = setTimeout(() => server.closeAllConnections(), deadlineMs);
      await new Promise((resolve) => server.close(resolve));
      clearTimeout(cut);
      agent.destroy();
    },
  };
}
