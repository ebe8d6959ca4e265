import type { IncomingMessage } from 'node:http';
import { nextTraceHeader } from './trace-header.ts';

/** Headers that end at the next hop (RFC 9110, 7.6.1), and those that the front door itself answers. */
const HOP_BY_HOP = [
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
const REWRITTEN = ['x-amzn-trace-id', 'x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto'];

/**
 * The headers a target sees, as a flat list: the client's own without the hop-by-hop ones, its address appended to
 * `X-Forwarded-For`, protocol and port as they were at the door, and a trace id.
 */
export function forwardedHeaders(request: IncomingMessage, targetHost: string): string[] {
  const { headers, socket } = request;
  const cameFrom = [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', ');
  const rewritten = {
    'X-Forwarded-For': cameFrom,
    'X-Forwarded-Proto': 'http',
    'X-Forwarded-Port': String(socket.localPort),
    'X-Amzn-Trace-Id': nextTraceHeader(headers['x-amzn-trace-id']?.toString()),
    ...(headers.host === undefined && { Host: targetHost }),
    // Without this a chunked body of a DELETE would go out unframed, and its bytes be read as the next request.
    ...(headers['transfer-encoding'] !== undefined && { 'Transfer-Encoding': 'chunked' }),
  };
  return [...endToEnd(request.rawHeaders, REWRITTEN), ...Object.entries(rewritten).flat()];
}

/** A flat list of header names and values without those of one hop only and without the named ones (lower case). */
export function endToEnd(rawHeaders: readonly string[], without: readonly string[] = []): string[] {
  const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : []));
  const named = pairs
    .filter(([name]) => name?.toLowerCase() === 'connection')
    .flatMap(([, value]) => value?.split(','));
  const dropped = new Set([...HOP_BY_HOP, ...without, ...named.map((name) => name?.trim().toLowerCase())]);
  return pairs.filter(([name]) => !dropped.has(name?.toLowerCase())).flat();
}
