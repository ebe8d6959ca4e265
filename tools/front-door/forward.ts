import { type Agent, type IncomingMessage, request as open, type ServerResponse } from 'node:http';
import { endToEnd, forwardedHeaders } from './forwarded-headers.ts';
import { badGateway, requestTimeout, sendProblem, targetTimeout } from './front-door-problem.ts';
import { type GatheredBody, gatherBody } from './gather-body.ts';

export type Forwarding = {
  request: IncomingMessage;
  response: ServerResponse;
  /** Base URL of the target. */
  base: string;
  path: string;
  agent: Agent;
  idleTimeoutMs: number;
};

/**
 * A body up to this size goes out in one write. One that went out piece by piece would meet a broken pipe when the target
 * refuses it early, and then the refusal could not be read any more.
 */
const GATHERED_BYTES = 1024 * 1024;

/** Sends a request to its target and streams the answer back. */
export async function forward(forwarding: Forwarding): Promise<void> {
  const { request, response, idleTimeoutMs } = forwarding;
  try {
    exchange(forwarding, await gatherBody(request, GATHERED_BYTES, idleTimeoutMs));
  } catch {
    sendProblem(response, requestTimeout, request);
  }
}

/** Whoever leaves early takes the other side's half with them. */
function exchange({ request, response, base, path, agent, idleTimeoutMs }: Forwarding, body: GatheredBody): void {
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
    fail(body.isWhole || request.complete ? targetTimeout : requestTimeout);
    upstream.destroy();
  });
  upstream.on('error', () => fail(badGateway));
  response.on('close', () => {
    if (!response.writableFinished) upstream.destroy();
  });
  if (body.isWhole) upstream.end(body.bytes);
  else {
    upstream.write(body.bytes);
    request.pipe(upstream);
  }

  function fail(problem: typeof badGateway): void {
    request.unpipe(upstream);
    // Once the answer has begun, its own stream reports what went wrong.
    if (!response.headersSent) sendProblem(response, problem, request);
  }
}
