import type { ClientKind } from './mix.ts';

/**
 * refused: no connection came about. reset: one broke before the answer was whole. timeout: no whole answer in time.
 * bad-answer: not HTTP. status: an answer that nobody provoked, such as any 5xx. token: the issuer gave none.
 */
export type FailureKind = 'refused' | 'reset' | 'timeout' | 'bad-answer' | 'status' | 'token';

export type Failure = {
  /** When the request began. */
  at: string;
  /** Such as `GET /v1/products/{sku}`. */
  request: string;
  client: ClientKind;
  kind: FailureKind;
  status?: number;
  /** The code of the problem or of the system's error. */
  code?: string;
  latencyMs: number;
};

const kinds: Record<string, FailureKind> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENOTFOUND: 'refused',
  EAI_AGAIN: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  TimeoutError: 'timeout',
};

/** What an error of the HTTP client means. */
export function classify(error: unknown): { kind: FailureKind; code: string } {
  const { name, code, cause } = (error ?? {}) as { name?: string; code?: unknown; cause?: unknown };
  for (const word of [code, name]) {
    const kind = kinds[String(word)];
    if (kind) return { kind, code: String(word) };
  }
  // A body that ends too soon is reported around the error of its socket.
  if (cause !== undefined) return classify(cause);
  return { kind: 'bad-answer', code: String(code ?? name) };
}
