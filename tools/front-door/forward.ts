import { type Agent, type IncomingMessage, request as open, type ServerResponse } from 'node:http';
import { endToEnd, forwardedHeaders } from './forwarded-headers.ts';
import { badGateway, requestTimeout, sendProblem, targetTimeout } from './front-door-problem.ts';

export type Forwarding = {
  request: IncomingMessage;
  response: ServerResponse;
  /** Base URL of the target. */
  base: string;
  path: string;
  agent: Agent;
  idleTimeoutMs: number;
};

/** Streams a request to its target and the answer back; whoever leaves early takes the other side's half with them. */
export function forward({ request, response, base, path, agent, idleTimeoutMs }: Forwarding): void {
  const { hostname, port, host } = new URL(base);
  const upstream = open({
    hostname,
    port,
    path,
    agent,
    method: request.method,
    headers: forwardedHeaders(request, host),
    timeout: idleTimeoutMs,
  });

  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders));
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  upstream.on('timeout', () => {
    fail(request.complete ? targetTimeout : requestTimeout);
    upstream.destroy();
  });
  upstream.on('error', () => fail(badGateway));
  response.on('close', () => {
    if (!response.writableFinished) upstream.destroy();
  });
  request.pipe(upstream);

  function fail(problem: typeof badGateway): void {
    request.unpipe(upstream);
    // Once the answer has begun, its own stream reports what went wrong.
    if (!response.headersSent) sendProblem(response, problem, request);
  }
}
