import type { IncomingHttpHeaders } from 'node:http';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Incoming } from './exchange.ts';
import { PeerUnavailable } from './peer-unavailable.ts';

/** The answers a caller understands: a schema of the body by status. */
export type Replies = Readonly<Record<number, TSchema>>;

/** One member for each status, so that `reply.status` tells the type of `reply.body`. */
export type Reply<Expected extends Replies> = {
  [Status in keyof Expected & number]: { status: Status; body: Static<Expected[Status]>; headers: IncomingHttpHeaders };
}[keyof Expected & number];

export type ReplyCheck = <Expected extends Replies>(answer: Incoming, expected: Expected) => Reply<Expected>;

/** Lets through what the caller expects; another status or shape is PeerUnavailable. Compiles each schema once. */
export function createReplyCheck(peer: string, now: () => number): ReplyCheck {
  const compiled = new WeakMap<TSchema, { Check(value: unknown): boolean }>();
  const accepts = (schema: TSchema, value: unknown) => {
    const validator = compiled.get(schema) ?? Compile(schema);
    compiled.set(schema, validator);
    return validator.Check(value);
  };

  return <Expected extends Replies>(answer: Incoming, expected: Expected) => {
    const { status, headers, body } = answer;
    const schema = expected[status];
    const details = { sent: true, status };
    if (schema === undefined) {
      const retryAfterMs = parseRetryAfter(headers['retry-after'], now());
      throw new PeerUnavailable(peer, 'status', { ...details, problemCode: problemCodeOf(body), retryAfterMs });
    }
    if (!accepts(schema, body)) throw new PeerUnavailable(peer, 'bad-reply', details);
    return { status, body, headers } as Reply<Expected>;
  };
}

/** Whole seconds or an HTTP date (RFC 9110, 10.2.3) as milliseconds from now. */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function problemCodeOf(body: unknown): string | undefined {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
