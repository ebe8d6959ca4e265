import type { IncomingHttpHeaders } from 'node:http';
import { isNativeError } from 'node:util/types';
import type { Dispatcher } from 'undici';
import { isNeverConnected, PeerUnavailable } from './peer-unavailable.ts';

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

export type Outgoing = { method: Method; path: string; headers: Record<string, string>; body?: unknown };

/** An answer as it came; `body` is parsed JSON, undefined when it is none. */
export type Incoming = { status: number; headers: IncomingHttpHeaders; body: unknown };

/** The header by which a caller tells how many whole milliseconds it goes on waiting; relative, so clocks may differ. */
const deadlineHeader = 'x-request-timeout-ms';

/**
 * One request and its whole answer within `timeoutMs`, which is passed on to the peer. Fails with PeerUnavailable:
 * `timeout`, `connection`, or `bad-reply` for an answer that breaks HTTP or is too long.
 */
export async function exchange(
  peer: string,
  dispatcher: Dispatcher,
  { method, path, headers, body }: Outgoing,
  timeoutMs: number,
): Promise<Incoming> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    const sent = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await dispatcher.request({
      method,
      path,
      headers: { accept: 'application/json', ...sent, ...headers, [deadlineHeader]: String(timeoutMs) },
      body: body === undefined ? null : JSON.stringify(body),
      signal: controller.signal,
    });
    return { status: answer.statusCode, headers: answer.headers, body: parse(await answer.body.text()) };
  } catch (cause) {
    if (controller.signal.aborted) throw new PeerUnavailable(peer, 'timeout', { sent: true, waitedMs: timeoutMs });
    if (isMistake(cause)) throw cause;
    if (isBrokenHttp(cause)) throw new PeerUnavailable(peer, 'bad-reply', { sent: true, cause });
    throw new PeerUnavailable(peer, 'connection', { sent: !isNeverConnected(cause), cause });
  } finally {
    clearTimeout(timer);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Mistakes of the caller, made before anything is sent: no JSON, no header value, a client that was closed. */
function isMistake(error: unknown): boolean {
  const { name, code } = nameAndCode(error);
  return name === 'TypeError' || ['UND_ERR_INVALID_ARG', 'UND_ERR_CLOSED', 'UND_ERR_DESTROYED'].includes(code);
}

function isBrokenHttp(error: unknown): boolean {
  const { name, code } = nameAndCode(error);
  return name === 'HTTPParserError' || ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'UND_ERR_HEADERS_OVERFLOW'].includes(code);
}

function nameAndCode(error: unknown): { name: string; code: string } {
  if (!isNativeError(error)) return { name: '', code: '' };
  return { name: error.name, code: 'code' in error ? String(error.code) : '' };
}
