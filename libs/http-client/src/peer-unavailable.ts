import { isNativeError } from 'node:util/types';

export type UnavailableReason = 'timeout' | 'connection' | 'circuit-open' | 'status' | 'bad-reply';

export type Unavailability = {
  /** False: the request certainly never reached the peer. True: it may have, so its effect is unknown. */
  sent: boolean;
  /** HTTP status of an answer that the caller did not expect. */
  status?: number | undefined;
  /** `code` of the problem (RFC 9457) in that answer. */
  problemCode?: string | undefined;
  /** How long the peer asks to be left alone. */
  retryAfterMs?: number | undefined;
  /** How long the peer had to answer, for a `timeout`. */
  waitedMs?: number | undefined;
  cause?: unknown;
};

/** The peer gave no answer that the caller can use; what it did meanwhile is unknown, unless `sent` is false. */
export class PeerUnavailable extends Error {
  override readonly name = 'PeerUnavailable';
  readonly peer: string;
  readonly reason: UnavailableReason;
  readonly sent: boolean;
  readonly status: number | undefined;
  readonly problemCode: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly waitedMs: number | undefined;

  constructor(peer: string, reason: UnavailableReason, { sent, cause, ...answer }: Unavailability) {
    super(describe(`${peer}: ${reason}`, { sent, cause, ...answer }), { cause });
    this.peer = peer;
    this.reason = reason;
    this.sent = sent;
    this.status = answer.status;
    this.problemCode = answer.problemCode;
    this.retryAfterMs = answer.retryAfterMs;
    this.waitedMs = answer.waitedMs;
  }
}

function describe(head: string, { sent, status, problemCode, waitedMs, cause }: Unavailability): string {
  const waited = waitedMs === undefined ? undefined : `after ${waitedMs} ms`;
  const details = [status, problemCode, waited, isNativeError(cause) ? cause.message : undefined];
  return [head, ...details, sent ? undefined : '(not sent)'].filter((part) => part !== undefined).join(' ');
}

/**
 * True when no connection came about, so that nothing can have reached the peer. A connection that breaks later, such as
 * a kept-alive socket that the peer had closed, is ambiguous and gives false.
 */
export function isNeverConnected(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const { code, syscall, errors } = error as NodeJS.ErrnoException & { errors?: unknown[] };
  if (errors !== undefined && errors.length > 0) return errors.every(isNeverConnected);
  return code === 'UND_ERR_CONNECT_TIMEOUT' || syscall === 'connect' || syscall === 'getaddrinfo';
}
