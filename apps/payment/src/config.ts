import { serviceConfig } from '@shop/service';
import { type Static, Type } from 'typebox';

export const PaymentConfig = Type.Object({
  ...serviceConfig,
  PAYMENTS_TABLE: Type.String({ minLength: 3, default: 'payments' }),
  GATEWAY_URL: Type.String({ pattern: '^https?://.+' }),
  /** The first two attempts at an order wait this long for the gateway, later ones double it up to 30 s. */
  GATEWAY_TIMEOUT_MS: Type.Integer({ minimum: 1, default: 2500 }),
  /** The key to the gateway: from Secrets Manager (member `apiKey` of the secret), or, locally, as it stands. */
  GATEWAY_SECRET_ARN: Type.Optional(Type.String()),
  GATEWAY_API_KEY: Type.Optional(Type.String({ secret: true })),
  JWT_ISSUER: Type.String({ minLength: 1 }),
  JWT_AUDIENCE: Type.String({ minLength: 1 }),
  JWKS_URL: Type.String({ pattern: '^https?://.+' }),
});
export type PaymentConfig = Static<typeof PaymentConfig>;
