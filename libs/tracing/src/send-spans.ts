import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { ExportTarget } from './export-target.ts';

export type SendSpans = (body: Buffer[], signal: AbortSignal) => Promise<void>;

/** The statuses after which the OTLP specification asks for a retry. */
const retryable = new Set([429, 502, 503, 504]);
const backoffBaseMs = 200;
const backoffCapMs = 5_000;

/**
 * Posts one export, and again while the collector is away or busy, until the target's timeout; rejects when it was not
 * taken. It is `node:http`, because `fetch` would spend more time on a body than we spend on encoding it.
 */
export function createSpanSender(target: ExportTarget, contentType: string, random = Math.random): SendSpans {
  const isHttps = target.url.startsWith('https:');
  const agent = isHttps ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const request = isHttps ? httpsRequest : httpRequest;
  const headers = { ...target.headers, 'content-type': contentType };

  /** The status; a connection that failed counts as 503, a deadline rejects. */
  function post(body: Buffer[], signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      const length = body.reduce((total, part) => total + part.length, 0);
      const options = { method: 'POST', agent, headers: { ...headers, 'content-length': length }, signal };
      const sent = request(target.url, options, (response: IncomingMessage) => {
        response.resume();
        response.on('error', reject);
        response.on('end', () => resolve(response.statusCode ?? 503));
      });
      sent.on('error', (error) => (signal.aborted ? reject(error) : resolve(503)));
      sent.cork();
      for (const part of body) sent.write(part);
      sent.end();
    });
  }

  return async function send(body, signal) {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(target.timeoutMs)]);
    for (let attempt = 0; ; attempt++) {
      const status = await post(body, deadline);
      if (status >= 200 && status < 300) return;
      if (!retryable.has(status)) throw new Error(`The collector answered ${status}`);
      const waitMs = random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** attempt);
      await pause(waitMs, undefined, { signal: deadline, ref: false });
    }
  };
}
