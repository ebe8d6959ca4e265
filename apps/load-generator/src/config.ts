import { type Static, Type } from 'typebox';

const url = { pattern: '^https?://[^/]+$' };

export const LoadConfig = Type.Object({
  BASE_URL: Type.String({ ...url, description: 'the balancer of the shop' }),
  ISSUER_URL: Type.String({ ...url, description: 'the development issuer' }),
  /** Visits that begin each second; without it CONCURRENCY counts. */
  RATE_PER_SECOND: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 10_000 })),
  CONCURRENCY: Type.Integer({ minimum: 1, maximum: 1000, default: 8 }),
  /** Without it the load goes on until SIGTERM. */
  DURATION_S: Type.Optional(Type.Integer({ minimum: 1 })),
  SUMMARY_INTERVAL_MS: Type.Integer({ minimum: 100, default: 10_000 }),
});
export type LoadConfig = Static<typeof LoadConfig>;
