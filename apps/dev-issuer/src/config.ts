import { serviceConfig } from '@shop/service';
import { type Static, Type } from 'typebox';

/** The environment of the issuer; the defaults are those of a local shop. */
export const IssuerConfig = Type.Object({
  ...serviceConfig,
  JWT_ISSUER: Type.String({ default: 'http://localhost:3000' }),
  JWT_AUDIENCE: Type.String({ default: 'fargate-shop' }),
  TOKEN_LIFETIME_S: Type.Integer({ minimum: 1, default: 8 * 60 * 60 }),
});
export type IssuerConfig = Static<typeof IssuerConfig>;
