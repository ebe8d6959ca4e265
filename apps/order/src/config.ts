import { ConfigError, parseConfig } from '@shop/config';
import { serviceConfig } from '@shop/service';
import { type Static, Type } from 'typebox';
import type { Timing } from './timing.ts';

const milliseconds = (byDefault: number) => Type.Integer({ minimum: 1, default: byDefault });

export const OrderConfig = Type.Object({
  ...serviceConfig,
  ORDERS_TABLE: Type.String({ default: 'orders' }),
  CATALOG_URL: Type.String(),
  PAYMENT_URL: Type.String(),
  JWT_ISSUER: Type.String(),
  JWT_AUDIENCE: Type.String(),
  JWKS_URL: Type.String(),
  LEASE_MS: milliseconds(5000),
  PASS_BUDGET_MS: milliseconds(4000),
  ANSWER_BUDGET_MS: milliseconds(2500),
  RECOVERY_INTERVAL_MS: milliseconds(1000),
  RECOVERY_POOL_SIZE: Type.Integer({ minimum: 1, default: 32 }),
  BACKOFF_BASE_MS: milliseconds(200),
  BACKOFF_CAP_MS: milliseconds(20_000),
  PARKED_RETRY_MS: milliseconds(600_000),
  DRAIN_MS: milliseconds(20_000),
});
export type OrderConfig = Static<typeof OrderConfig>;

export function readConfig(environment: Readonly<Record<string, string | undefined>>): OrderConfig {
  const config = parseConfig(OrderConfig, environment);
  if (config.PASS_BUDGET_MS >= config.LEASE_MS) {
    throw new ConfigError([`PASS_BUDGET_MS is ${config.PASS_BUDGET_MS}, expected less than LEASE_MS`]);
  }
  return config;
}

export function timingOf(config: OrderConfig): Timing {
  return {
    leaseMs: config.LEASE_MS,
    passBudgetMs: config.PASS_BUDGET_MS,
    answerBudgetMs: config.ANSWER_BUDGET_MS,
    recoveryIntervalMs: config.RECOVERY_INTERVAL_MS,
    recoveryPoolSize: config.RECOVERY_POOL_SIZE,
    backoffBaseMs: config.BACKOFF_BASE_MS,
    backoffCapMs: config.BACKOFF_CAP_MS,
    parkedRetryMs: config.PARKED_RETRY_MS,
    drainMs: config.DRAIN_MS,
  };
}
