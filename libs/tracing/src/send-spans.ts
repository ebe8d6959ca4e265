import { setTimeout as pause } from 'node:timers/promises';
import type { ExportTarget } from './export-target.ts';
import { contentType } from './otlp-json.ts';

/** The statuses after which the OTLP specification asks for a retry. */
const retryable = new Set([429, 502, 503, 504]);
const backoffBaseMs = 200;
const backoffCapMs = 5_000;

/** Posts one export, again while the collector is away or busy, until the target's timeout; rejects when it was not taken. */
export async function sendSpans(
  target: ExportTarget,
  body: Buffer<ArrayBuffer>,
  signal: AbortSignal,
  random = Math.random,
): Promise<void> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(target.timeoutMs)]);
  for (let attempt = 0; ; attempt++) {
    const status = await post(target, body, deadline);
    if (status >= 200 && status < 300) return;
    if (!retryable.has(status)) throw new Error(`The collector answered ${status}`);
    const wait = random() * Math.min(backoffCapMs, backoffBaseMs * 2 ** attempt);
    await pause(wait, undefined, { signal: deadline, ref: false });
  }
}

/** The status; a connection that failed counts as 503, a deadline rejects. */
async function post({ url, headers }: ExportTarget, body: Buffer<ArrayBuffer>, signal: AbortSignal): Promise<number> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': contentType },
      body,
      signal,
    });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    if (signal.aborted) throw error;
    return 503;
  }
}
