import { randomBytes } from 'node:crypto';

/**
 * The `X-Amzn-Trace-Id` header for the next hop, as the Application Load Balancer makes it (AWS, "Request tracing"): a new
 * Root when there is none, else the caller's fields with a Self field in front.
 */
export function nextTraceHeader(received: string | undefined, now: () => number = Date.now): string {
  const fields = (received ?? '').split(';').filter((field) => field.includes('=') && !/^\s*Self=/.test(field));
  const own = newTraceId(now);
  return [fields.some((field) => /^\s*Root=/.test(field)) ? `Self=${own}` : `Root=${own}`, ...fields].join(';');
}

/** Version 1, the epoch second as 8 hexadecimal digits, 24 random ones. */
function newTraceId(now: () => number): string {
  const second = Math.floor(now() / 1000)
    .toString(16)
    .padStart(8, '0');
  return `1-${second}-${randomBytes(12).toString('hex')}`;
}
