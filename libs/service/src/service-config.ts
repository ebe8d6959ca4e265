import { Type } from 'typebox';

/**
 * The environment that every service understands; an app spreads it into its own schema.
 *
 * The defaults are the time budget of a stop on Fargate behind an ALB: the ALB sees a failing target within
 * SHUTDOWN_DELAY_MS, a request in flight has HANDLER_TIMEOUT_MS, and both end before SHUTDOWN_DEADLINE_MS, which lies below
 * the container's StopTimeout of 60 s. KEEP_ALIVE_TIMEOUT_MS exceeds the ALB's idle time-out of 60 s, so that the ALB and
 * not the service closes idle connections
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#connection-idle-timeout).
 */
export const serviceConfig = {
  HOST: Type.String({ default: '0.0.0.0' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000 }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'], { default: 'info' }),
  SERVICE_VERSION: Type.String({ default: '0.0.0' }),
  SHUTDOWN_DELAY_MS: Type.Integer({ minimum: 0, default: 15_000 }),
  SHUTDOWN_DEADLINE_MS: Type.Integer({ minimum: 1, default: 55_000 }),
  HANDLER_TIMEOUT_MS: Type.Integer({ minimum: 1, default: 25_000 }),
  KEEP_ALIVE_TIMEOUT_MS: Type.Integer({ minimum: 1, default: 72_000 }),
  REQUEST_TIMEOUT_MS: Type.Integer({ minimum: 1, default: 30_000 }),
};

const ServiceConfig = Type.Object(serviceConfig);
export type ServiceConfig = Type.Static<typeof ServiceConfig>;
